// The charts of calls on written spans: of whom, and that who never failed failed in none of its calls.
import { expect, test } from 'vitest'
import { queryInstant } from '#homelab/prometheus/promql/query.ts'
import { callCharts } from '#model/subject-charts/calls.ts'
import { memoryStorage, written } from './memory-storage.ts'

const calls = (service: string, more: Readonly<Record<string, string>>, notation: string) =>
  written(
    {
      ...{ __name__: 'traces_span_metrics_calls_total', span_kind: 'SPAN_KIND_SERVER' },
      ...{ service_name: service, ...more },
    },
    notation,
  )

const storage = memoryStorage([
  calls('cart', { service_namespace: 'shop', status_code: 'STATUS_CODE_UNSET' }, '0+90x20'),
  calls('cart', { service_namespace: 'shop', status_code: 'STATUS_CODE_ERROR' }, '0+30x20'),
  calls('cart', { service_namespace: 'lab', status_code: 'STATUS_CODE_ERROR' }, '0+600x20'),
  calls('cart', { span_kind: 'SPAN_KIND_CLIENT', service_namespace: 'shop' }, '0+600x20'),
  calls('web', { status_code: 'STATUS_CODE_UNSET' }, '0+120x20'),
])

function values(service: string, namespace: string): readonly (number | undefined)[] {
  return callCharts(service, namespace).map(({ lines: [line] }) => {
    const expr = line?.query.type === 'rate' ? line.query.expr('5m') : ''
    const { result } = queryInstant(expr, 15 * 60_000, { storage })
    return result.type === 'vector' ? result.samples[0]?.value : undefined
  })
}

test.each([
  ['of one namespace', 'cart', 'shop', [2, 0.25]],
  ['of spans that name no namespace, none of which failed', 'web', 'shop', [2, 0]],
  ['of who was never called', 'mail', 'shop', [undefined, undefined]],
])('requests a second and the share that failed, %s', (_what, service, namespace, expected) => {
  expect(values(service, namespace)).toEqual(expected)
})
