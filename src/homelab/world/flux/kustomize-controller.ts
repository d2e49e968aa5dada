// kustomize-controller, small: it applies the source's revision, takes back what others changed, checks health, and
// waits for what it depends on. What fails is said by a scenario.
import { flux } from '#homelab/world/kinds.ts'
import { takeBack } from './drift.ts'
import {
  acknowledged,
  dependencyRetry,
  generationOf,
  type Hands,
  isFulfilled,
  isReady,
  spanOf,
} from './hands.ts'
import type { FluxObject } from './objects.ts'
import { type FluxTrouble, historyWith, is, kept, type NewCondition } from './status.ts'

export interface KustomizeController {
  reconcile(object: FluxObject): void
  /** As it stands long after: nothing of it is told. */
  applied(object: FluxObject): void
  /** What it does ends in trouble, now. */
  fail(object: FluxObject, trouble: FluxTrouble): void
}

interface Given {
  readonly hands: Hands
  /** The source's. */
  readonly revision: () => string
  readonly troubleOf: (object: FluxObject) => FluxTrouble | undefined
  /** Rolls out what the revision has that is new for this Kustomization; gives what changed. */
  readonly rollOut: (object: FluxObject) => readonly string[]
}

/** Milliseconds from the first sign that something is done to its end. */
const work = 1200

/** How far it gets: what it says of itself while it does that, and from then on where that fails. */
const stages: Readonly<Record<string, string>> = {
  ArtifactFailed: 'Fetching manifests',
  BuildFailed: 'Building manifests',
  HealthCheckFailed: 'Running health checks',
}

export function createKustomizeController({
  hands,
  revision,
  troubleOf,
  rollOut,
}: Given): KustomizeController {
  const { store, agenda, write, tell, later, fresh } = hands

  const stage = (object: FluxObject, at: string, reason = '') =>
    `${stages[reason] ?? 'Detecting drift'} for revision ${at} with a timeout of ${object.spec.timeout}`

  /** Why it may not begin; undefined where nothing is in the way. */
  const missing = (object: FluxObject): string | undefined => {
    const names = (object.spec.dependsOn as { name: string; namespace?: string }[] | undefined) ?? []
    for (const { name, namespace = object.metadata.namespace } of names) {
      const other = store.get(flux.kustomization, namespace, name) as FluxObject | undefined
      if (!other) return `dependency '${namespace}/${name}' not found`
      if (!isFulfilled(other)) return `dependency '${namespace}/${name}' is not ready`
      if (other.status?.lastAppliedRevision !== revision())
        return `dependency '${namespace}/${name}' revision is not up to date`
    }
    return undefined
  }

  const wait = (object: FluxObject, message: string) => {
    const next = write(object, {
      ...acknowledged(object),
      conditions: [is('Ready', 'DependencyNotReady', message, 'False'), ...kept(object, 'Healthy')],
    })
    const told = `Dependencies do not meet ready condition, retrying in ${dependencyRetry.text}`
    tell(next, 'Normal', 'DependencyNotReady', told, { revision: revision() })
  }

  const begin = (object: FluxObject) => {
    write(object, {
      lastAttemptedRevision: revision(),
      conditions: [
        is('Reconciling', 'Progressing', stage(object, revision())),
        is('Ready', 'Progressing', 'Reconciliation in progress', 'Unknown'),
        ...kept(object, 'Healthy'),
      ],
    })
    later(object, work, () => finish(fresh(object), isReady(object)))
  }

  const finish = (object: FluxObject, wasReady: boolean) => {
    const trouble = troubleOf(object)
    const at = revision()
    const applies = trouble === undefined || trouble.reason === 'HealthCheckFailed'
    const rolledOut = applies ? rollOut(object) : []
    const changes = applies ? [...rolledOut, ...takeBack(store, object)] : []
    // The controller reads the reason from the object, which is not Ready yet.
    if (changes.length > 0) tell(object, 'Normal', 'Progressing', changes.join('\n'), { revision: at })
    if (trouble) {
      fail(object, trouble)
      return
    }
    const health = `Health check passed in ${spanOf(`${object.metadata.name}/${agenda.now()}`, 0.03, 0.2)}`
    const newlyHealthy = !wasReady || (changes.length > 0 && object.status?.lastAppliedRevision !== at)
    if (object.spec.wait && newlyHealthy) tell(object, 'Normal', 'Progressing', health, { revision: at })
    const next = succeed(object, rolledOut.length > 0, health)
    const took = spanOf(`${object.metadata.name}/${agenda.now()}/took`, 0.3, 1.5)
    tell(
      next,
      'Normal',
      'ReconciliationSucceeded',
      `Reconciliation finished in ${took}, next run in ${next.spec.interval}`,
      { revision: at, commit_status: 'update' },
    )
  }

  const succeed = (object: FluxObject, changed: boolean, health: string) => {
    const at = revision()
    return write(object, {
      ...acknowledged(object),
      observedGeneration: generationOf(object),
      lastAppliedRevision: at,
      lastAttemptedRevision: at,
      conditions: [
        is('Ready', 'ReconciliationSucceeded', `Applied revision: ${at}`),
        ...(object.spec.wait ? [is('Healthy', 'Succeeded', health)] : []),
      ],
      history: historyWith(object, {
        revision: at,
        status: 'ReconciliationSucceeded',
        changed,
        took: spanOf(`${object.metadata.name}/${agenda.now()}/took`, 0.3, 1.5),
        at: agenda.now(),
      }),
    })
  }

  const fail = (object: FluxObject, trouble: FluxTrouble) => {
    const { reason, message } = trouble
    const at = trouble.revision ?? revision()
    if (trouble.is === 'waiting') {
      wait(object, message)
      return
    }
    if (trouble.is === 'progressing') {
      write(object, {
        lastAttemptedRevision: at,
        conditions: [
          is('Reconciling', 'Progressing', message),
          is('Ready', 'Progressing', message, 'Unknown'),
        ],
      })
      return
    }
    const built = reason !== 'BuildFailed' && reason !== 'ArtifactFailed'
    const conditions: NewCondition[] = [
      is('Reconciling', 'ProgressingWithRetry', stage(object, at, reason)),
      is('Ready', reason, message, 'False'),
      ...(reason === 'HealthCheckFailed'
        ? [is('Healthy', reason, message.replace(/^health check failed after [^:]*: /, ''), 'False')]
        : kept(object, 'Healthy')),
    ]
    const next = write(object, {
      ...acknowledged(object),
      lastAttemptedRevision: at,
      conditions,
      ...(built && {
        history: historyWith(object, {
          revision: at,
          status: reason,
          changed:
            trouble.revision !== undefined && trouble.revision !== object.status?.lastAttemptedRevision,
          took: spanOf(`${object.metadata.name}/${agenda.now()}/took`, 0.3, 1.5),
          at: agenda.now(),
        }),
      }),
    })
    tell(next, 'Warning', reason, message, { revision: at })
  }

  const reconcile = (object: FluxObject) => {
    if (object.spec.suspend) {
      const seen = isReady(object) ? { observedGeneration: generationOf(object) } : {}
      write(object, { ...acknowledged(object), ...seen })
      return
    }
    const trouble = troubleOf(object)
    // It is at it, for as long as the scenario says so.
    if (trouble?.is === 'progressing') return
    const why = trouble?.is === 'waiting' ? trouble.message : missing(object)
    if (why === undefined) {
      begin(object)
      return
    }
    wait(object, why)
    later(object, dependencyRetry.milliseconds, () => reconcile(fresh(object)))
  }

  return {
    reconcile,
    fail,
    applied: (object) => succeed(object, false, 'Health check passed in 62.114838ms'),
  }
}
