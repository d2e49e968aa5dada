// The service graph's calls: rates that follow the day together, errors as a share of them, and how long they take.

import type { App } from '#homelab/world/catalogue/shapes.ts'
import { wave } from '#homelab/world/curves.ts'
import type { Effects, Subject } from '#homelab/world/effects.ts'
import type { ServiceSignals } from '#homelab/world.ts'

export function serviceSignals(seed: number, catalogue: readonly App[], effects: Effects): ServiceSignals[] {
  return catalogue.flatMap((app) => {
    const { language, traffic } = app
    if (!language || !traffic) return []
    const endpoints = traffic.map(({ route, calls, errors, p50, p99 }) => {
      const subject: Subject = { of: 'service', name: app.name, part: route }
      // One key for the whole namespace: what the frontend gets, the services behind it get too.
      const rate = effects.bend(
        subject,
        'calls',
        wave({ key: `${seed}/${app.namespace}/calls`, base: calls, daily: 0.5, wander: 0.2, flicker: 0.12 }),
      )
      const latency = (signal: string, base: number) =>
        effects.bend(
          subject,
          signal,
          wave({
            key: `${seed}/${app.name}/${route}/${signal}`,
            base,
            daily: 0.08,
            wander: 0.12,
            flicker: 0.1,
          }),
        )
      return {
        route,
        calls: rate,
        errors: effects.share(subject, 'errors', rate, errors),
        p50: latency('p50', p50),
        p99: latency('p99', p99),
      }
    })
    return [{ service: app.name, namespace: app.namespace, language, endpoints, callsTo: app.callsTo ?? [] }]
  })
}
