// CronJobs: a Job with one pod at each due time, and only the last few are kept.
import { type ObjectStore, stamp } from '#homelab/store.ts'
import type { Agenda } from '#homelab/world/agenda.ts'
import type { PodTemplate } from '#homelab/world/build/template.ts'
import { ownerOf } from '#homelab/world/build/workload.ts'
import type { App } from '#homelab/world/catalogue/shapes.ts'
import { apps, core } from '#homelab/world/kinds.ts'
import { letters } from '#homelab/world/random.ts'
import type { KubeObject } from '#model/kube.ts'
import type { Recorder } from './events.ts'
import { type Kubelet, podKey } from './kubelet.ts'

const KEPT = 3

interface JobSpec {
  readonly suspend?: boolean
  readonly jobTemplate: { readonly spec: { readonly template: PodTemplate } }
}

export function createCron(parts: {
  seed: number
  store: ObjectStore
  agenda: Agenda
  record: Recorder
  kubelet: Kubelet
}) {
  const { seed, store, agenda, record, kubelet } = parts
  const jobs = new Map<string, string[]>()

  const finish = (job: KubeObject, pod: string) => {
    const current = store.get(apps.job, job.metadata.namespace, job.metadata.name)
    const facts = kubelet.lives.get(pod)?.facts
    if (!current || !facts) return
    const started = (current.status as { startTime: string }).startTime
    const now = stamp(agenda.now())
    const condition = (type: string) => ({
      type,
      status: 'True',
      lastProbeTime: now,
      lastTransitionTime: now,
      reason: 'CompletionsReached',
      message: 'Reached expected number of succeeded pods',
    })
    store.put(apps.job, {
      ...current,
      status: {
        startTime: started,
        completionTime: now,
        succeeded: 1,
        ready: 0,
        terminating: 0,
        uncountedTerminatedPods: {},
        conditions: [condition('SuccessCriteriaMet'), condition('Complete')],
      },
    })
    record({
      about: current,
      type: 'Normal',
      reason: 'Completed',
      message: 'Job completed',
      from: 'job-controller',
    })
  }

  const run = (app: App, due: number) => {
    const cron = store.get(apps.cronJob, app.namespace, app.name)
    if (!cron || (cron.spec as JobSpec).suspend) return
    const { template } = (cron.spec as JobSpec).jobTemplate.spec
    const name = `${app.name}-${Math.floor(due / 60_000)}`
    const labels = { ...template.metadata.labels, 'batch.kubernetes.io/job-name': name, 'job-name': name }
    const job = store.put(apps.job, {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        name,
        namespace: app.namespace,
        generation: 1,
        labels,
        annotations: { 'batch.kubernetes.io/cronjob-scheduled-timestamp': stamp(due) },
        ownerReferences: [ownerOf(apps.cronJob, cron)],
      },
      spec: {
        backoffLimit: 2,
        completionMode: 'NonIndexed',
        completions: 1,
        parallelism: 1,
        suspend: false,
        template,
      },
      status: {
        active: 1,
        ready: 0,
        startTime: stamp(agenda.now()),
        terminating: 0,
        uncountedTerminatedPods: {},
      },
    })
    record({
      about: cron,
      type: 'Normal',
      reason: 'SuccessfulCreate',
      message: `Created job ${name}`,
      from: 'cronjob-controller',
    })
    const pod = `${name}-${letters(`${seed}/${app.namespace}/${name}`, 5)}`
    kubelet.start({
      namespace: app.namespace,
      name: pod,
      app,
      template,
      labels,
      owner: ownerOf(apps.job, job),
      takes: app.takes ?? 20,
    })
    store.put(apps.cronJob, {
      ...cron,
      status: {
        ...(cron.status as object),
        active: [
          { kind: 'Job', namespace: app.namespace, name, uid: job.metadata.uid, apiVersion: 'batch/v1' },
        ],
        lastScheduleTime: stamp(due),
      },
    })
    const kept = [...(jobs.get(app.name) ?? []), name]
    jobs.set(app.name, kept)
    if (kept.length > KEPT) {
      const oldest = kept.shift()
      const old = oldest && store.remove(apps.job, app.namespace, oldest)
      if (old)
        for (const facts of kubelet.of(old.metadata.uid ?? ''))
          store.remove(core.pod, facts.namespace, facts.name)
    }
  }

  kubelet.onPodChange((facts) => {
    if (facts.phase !== 'Succeeded' || facts.owner?.kind !== 'Job' || facts.deletingAt !== undefined) return
    const job = store.get(apps.job, facts.namespace, facts.owner.name)
    if (!job || (job.status as { succeeded?: number }).succeeded) return
    finish(job, podKey(facts))
    const owner = job.metadata.ownerReferences?.[0]?.name
    const cron = owner && store.get(apps.cronJob, facts.namespace, owner)
    if (cron)
      store.put(apps.cronJob, {
        ...cron,
        status: {
          lastScheduleTime: (cron.status as { lastScheduleTime?: string }).lastScheduleTime,
          lastSuccessfulTime: stamp(agenda.now()),
        },
      })
  })

  return {
    /** Adds the CronJob at a moment and runs it at each due time from then on. */
    keep(app: App, from: number, cronJob: () => KubeObject): void {
      const period = (app.every ?? 60) * 60_000
      const [minute, hour] = (app.schedule ?? '').split(' ').map(Number)
      const offset = period === 86_400_000 ? ((hour ?? 0) * 60 + (minute ?? 0)) * 60_000 : 0
      const next = (due: number): void =>
        agenda.at(due, () => {
          run(app, due)
          next(due + period)
        })
      agenda.at(from, () => store.put(apps.cronJob, cronJob()))
      next(Math.ceil((from - offset) / period) * period + offset)
    },
  }
}
