// A Prometheus of a few fixed answers, by a piece of the query; what no piece fits has no series.
import { type Asked, type StandIn, standIn } from '#test/sources/prometheus/stand-in.ts'

export interface Fixed {
  /** Query piece → samples of an instant query. */
  readonly instant?: Readonly<
    Record<string, readonly (readonly [Readonly<Record<string, string>>, number])[]>
  >
  /** Query piece → values of one series of a range query, one at every step. */
  readonly range?: Readonly<Record<string, (at: number) => number>>
  readonly alerts?: readonly unknown[]
  readonly targets?: readonly unknown[]
}

/** `now` in milliseconds since the epoch. `fixed` is asked anew for every request. */
export function standInPrometheus(fixed: () => Fixed, now: () => number): Promise<StandIn> {
  return standIn((asked, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ status: 'success', data: answer(asked, fixed(), now() / 1000) }))
  })
}

function answer({ path, params }: Asked, fixed: Fixed, seconds: number): unknown {
  const expr = params.get('query') ?? ''
  const pick = <T>(entries: Readonly<Record<string, T>> = {}) =>
    Object.entries(entries).find(([piece]) => expr.includes(piece))?.[1]
  switch (path) {
    case '/api/v1/alerts':
      return { alerts: fixed.alerts ?? [] }
    case '/api/v1/targets':
      return { activeTargets: fixed.targets ?? [] }
    case '/api/v1/query':
      return {
        resultType: 'vector',
        result: (pick(fixed.instant) ?? []).map(([metric, value]) => ({
          metric,
          value: [seconds, String(value)],
        })),
      }
    default: {
      const at = pick(fixed.range)
      const step = Number(params.get('step'))
      const values: [number, string][] = []
      for (let time = Number(params.get('start')); time <= Number(params.get('end')); time += step)
        values.push([time, String(at?.(time * 1000))])
      return { resultType: 'matrix', result: at ? [{ metric: { service_name: 'checkout' }, values }] : [] }
    }
  }
}
