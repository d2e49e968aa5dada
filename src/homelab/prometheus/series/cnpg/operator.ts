// What CloudNativePG's operator tells of its controllers and webhooks.
import type { Family } from '#homelab/prometheus/series/family.ts'
import { jobIs, partOf } from '#homelab/prometheus/series/part.ts'
import { since } from '#homelab/prometheus/series/worth.ts'

const operator = partOf(jobIs('cnpg-system/cloudnative-pg'))

const controllers = [
  ['cluster', 1 / 40],
  ['backup', 1 / 1800],
  ['scheduled-backup', 1 / 600],
  ['pooler', 1 / 3600],
] as const
const hooks = ['/mutate-postgresql-cnpg-io-v1-cluster', '/validate-postgresql-cnpg-io-v1-cluster'] as const

export const cnpgOperatorFamilies: readonly Family[] = [
  operator.counter(
    'controller_runtime_reconcile_total',
    'Total number of reconciliations per controller',
    (program) =>
      controllers.flatMap(([controller, rate]) =>
        (['success', 'error', 'requeue', 'requeue_after'] as const).map(
          (result) => [{ controller, result }, result === 'success' ? since(rate)(program) : 0] as const,
        ),
      ),
  ),
  operator.counter(
    'controller_runtime_webhook_requests_total',
    'Total number of admission requests by HTTP status code.',
    (program) =>
      hooks.flatMap((webhook) =>
        (['200', '500'] as const).map(
          (code) => [{ code, webhook }, code === '200' ? since(1 / 300)(program) : 0] as const,
        ),
      ),
  ),
]
