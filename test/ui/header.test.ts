// The header line: what gives way where there is little room, and how old what it says is.
import { expect, test } from 'vitest'
import type { SourceState } from '#model/overview.ts'
import { fixedNow as now } from '#test/ui/fake-deck.ts'
import { type HeaderWords, headerLine } from '#ui/header.ts'
import { width } from '#ui/text.ts'
import { createTheme } from '#ui/theme.ts'

const minute = 60_000
const plain = createTheme({ level: 0, ascii: false })
const kube: SourceState = { name: 'kubernetes', route: 'direct', at: now, pending: false }
const prom: SourceState = { name: 'prometheus', route: 'proxy', at: now, pending: false }
const none = { pending: false }
const firing = (dataAt: number): HeaderWords['overview'] => ({
  alerts: {
    data: [{ name: 'Down', state: 'firing', labels: {}, annotations: {} }],
    dataAt,
    pending: false,
  },
  flux: none,
})
const words: HeaderWords = {
  ...{ context: 'home', namespace: undefined, range: { span: 60 * minute }, readOnly: false },
  ...{
    faultsOnly: false,
    sources: [kube, prom],
    overview: { alerts: none, flux: none },
    critical: none,
    now,
    timeZone: 'UTC',
  },
}
const line = (more: Partial<HeaderWords>, cells = 120) => headerLine({ ...words, ...more }, cells, plain)

test.each<[string, Partial<SourceState>, string]>([
  ['answers', {}, 'kube direct'],
  ['was not asked for a while', { at: now - 5 * minute }, 'kube 5m ago'],
  [
    'refuses connections',
    { at: now - 3 * minute, gap: { reason: 'unreachable', detail: 'refused' } },
    '✗ kube 3m old',
  ],
  ['never answered', { at: undefined as never, gap: { reason: 'timeout', detail: '' } }, '✗ kube'],
  ['refuses us', { gap: { reason: 'unauthorized', detail: '' } }, '▲ kube <1m old'],
])('a source that %s', (_, state, expected) => {
  expect(line({ sources: [{ ...kube, ...state }] }).trimEnd()).toMatch(
    new RegExp(`  ${expected.replace('<', '.')}$`),
  )
})

test('what fires is said with its age once it is old', () => {
  expect(line({ overview: firing(now) })).toContain('▲ 1 firing  last 1h')
  expect(line({ overview: firing(now - 10 * minute) })).toContain('▲ 1 firing (10m old)  last 1h')
})

test('what is critical stands before what fires, with its age once it is old', () => {
  const critical = (dataAt: number) => ({ data: 2, dataAt, pending: false })
  expect(line({ overview: firing(now), critical: critical(now) })).toContain(
    '✗ 2 critical  ▲ 1 firing  last 1h',
  )
  expect(line({ critical: critical(now - 10 * minute) })).toContain('✗ 2 critical (10m old)  last 1h')
  expect(line({ critical: { data: 0, dataAt: now, pending: false } })).not.toContain('critical')
})

test.each([20, 40, 60, 80, 120, 200])('is exactly %i cells, whatever it must leave out', (cells) => {
  const context = 'arn:aws:eks:eu-central-1:123456789012:cluster/a-name-that-nobody-can-remember'
  const gap = { reason: 'unreachable', detail: 'refused' } as const
  const text = line({ context, namespace: 'shop', sources: [{ ...kube, gap }, prom] }, cells)
  expect(width(text)).toBe(cells)
  if (cells >= 80) expect(text).toContain('✗ kube')
  if (cells >= 60) expect(text).toContain('shop')
})
