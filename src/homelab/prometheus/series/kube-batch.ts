// kube-state-metrics of Jobs, CronJobs and autoscalers.
import type { Family } from './family.ts'
import { fields, list, moment, text } from './fields.ts'
import { type Facts, type FactsMetric, factsOf, inSpec, inStatus, metricsOf } from './kube-facts.ts'
import { familiesOf, flag, type Row, seconds } from './kube-object.ts'

const job = metricsOf('kube_job', 'job_name')

const at = (field: string) => (facts: Facts) => {
  const time = moment(facts.status[field])
  return time === undefined ? undefined : seconds(time)
}

/** `kube_job_complete` and `kube_job_failed`: three series by the condition's status, once it is there. */
function ended(name: string, type: string, help: string): FactsMetric {
  return job.gauge(name, help, (facts) =>
    list(facts.status.conditions)
      .filter((condition) => condition.type === type)
      .flatMap(({ status }) =>
        ['true', 'false', 'unknown'].map(
          (each): Row => [{ ...job.idOf(facts), condition: each }, flag(each === text(status).toLowerCase())],
        ),
      ),
  )
}

const jobs: readonly FactsMetric[] = [
  job.info('info', 'Information about job.', () => ({})),
  job.created,
  job.labels,
  job.owner,
  job.single('spec_parallelism', 'How many pods the job may run at once.', inSpec('parallelism')),
  job.single('spec_completions', 'How many pods must succeed.', inSpec('completions')),
  job.single(
    'spec_active_deadline_seconds',
    'Seconds after which the job is ended.',
    inSpec('activeDeadlineSeconds'),
  ),
  job.single('status_active', 'The number of actively running pods.', inStatus('active')),
  job.single('status_succeeded', 'The number of pods which reached Phase Succeeded.', inStatus('succeeded')),
  // With a reason while pods have failed, as kube-state-metrics shows it.
  job.gauge(
    'status_failed',
    'The number of pods which reached Phase Failed and the reason for failure.',
    (facts) => {
      const failed = inStatus('failed')(facts)
      const reason = list(facts.status.conditions).find((condition) => condition.type === 'Failed')?.reason
      return [[{ ...job.idOf(facts), ...(failed > 0 && { reason: text(reason) }) }, failed]]
    },
  ),
  job.single('status_start_time', 'When the job was acknowledged by the job controller.', at('startTime')),
  job.single('status_completion_time', 'When the job was completed.', at('completionTime')),
  ended('complete', 'Complete', 'Whether the job completed.'),
  ended('failed', 'Failed', 'Whether the job failed.'),
]

const cronJob = metricsOf('kube_cronjob', 'cronjob')
const cronJobs: readonly FactsMetric[] = [
  cronJob.info('info', 'Info about cronjob.', ({ spec }) => ({
    schedule: text(spec.schedule),
    timezone: text(spec.timeZone) || 'local',
    concurrency_policy: text(spec.concurrencyPolicy) || 'Allow',
  })),
  cronJob.created,
  cronJob.labels,
  cronJob.single('spec_suspend', 'Whether the cronjob is suspended.', ({ spec }) =>
    flag(spec.suspend === true),
  ),
  cronJob.single('status_active', 'How many of its jobs run.', ({ status }) => list(status.active).length),
  cronJob.single('status_last_schedule_time', 'When it last ran.', at('lastScheduleTime')),
  cronJob.single('status_last_successful_time', 'When it last completed.', at('lastSuccessfulTime')),
]

const autoscaler = metricsOf('kube_horizontalpodautoscaler', 'horizontalpodautoscaler')
const autoscalers: readonly FactsMetric[] = [
  autoscaler.info('info', 'Information about this autoscaler.', ({ spec }) => {
    const target = fields(spec.scaleTargetRef)
    return { scaletargetref_kind: text(target.kind), scaletargetref_name: text(target.name) }
  }),
  autoscaler.labels,
  autoscaler.single('spec_max_replicas', 'Upper limit of replicas.', inSpec('maxReplicas')),
  autoscaler.single('spec_min_replicas', 'Lower limit of replicas.', inSpec('minReplicas')),
  autoscaler.single('status_current_replicas', 'Current number of replicas.', inStatus('currentReplicas')),
  autoscaler.single('status_desired_replicas', 'Desired number of replicas.', inStatus('desiredReplicas')),
]

export const batchFamilies: readonly Family[] = [
  ...familiesOf({ plural: 'jobs', group: 'batch', nameLabel: 'job_name', decode: factsOf, metrics: jobs }),
  ...familiesOf({
    plural: 'cronjobs',
    group: 'batch',
    nameLabel: 'cronjob',
    decode: factsOf,
    metrics: cronJobs,
  }),
  ...familiesOf({
    plural: 'horizontalpodautoscalers',
    group: 'autoscaling',
    nameLabel: 'horizontalpodautoscaler',
    decode: factsOf,
    metrics: autoscalers,
  }),
]
