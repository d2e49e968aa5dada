// helm-controller, small: releases are upgraded when their chart moves on or when somebody forces it; one that failed
// is tried again, or has stalled. What fails is said by a scenario.
import type { FluxRelease } from '#homelab/world/catalogue/shapes.ts'
import { flux } from '#homelab/world/kinds.ts'
import { hash } from '#homelab/world/random.ts'
import { acknowledged, dependencyRetry, generationOf, type Hands, isFulfilled, spanOf } from './hands.ts'
import type { FluxObject, FluxStatus } from './objects.ts'
import { keepReleaseSecrets } from './release-secrets.ts'
import { type FluxTrouble, is, kept, type NewCondition, releasesWith } from './status.ts'

export interface HelmController {
  reconcile(object: FluxObject): void
  released(object: FluxObject, version: string, app: string): void
  /** As it stands when the history begins, after a few upgrades. */
  settled(object: FluxObject, version: string, app: string): void
  fail(object: FluxObject, trouble: FluxTrouble): void
}

interface Given {
  readonly hands: Hands
  readonly releaseOf: (object: FluxObject) => FluxRelease | undefined
  readonly troubleOf: (object: FluxObject) => FluxTrouble | undefined
}

const REQUESTED = 'reconcile.fluxcd.io/requestedAt'
const FORCE = 'reconcile.fluxcd.io/forceAt'
const RESET = 'reconcile.fluxcd.io/resetAt'

/** Milliseconds that an upgrade takes which changes nothing. */
const work = 2500
/** Of the strategy RetryOnFailure, where nothing is said. */
const retryInterval = '5m0s'

export function createHelmController({ hands, releaseOf, troubleOf }: Given): HelmController {
  const { store, agenda, write, tell, later, fresh } = hands

  const metadataOf = (entry: Record<string, unknown> | undefined) => ({
    revision: entry?.chartVersion as string | undefined,
    'app-version': entry?.appVersion as string | undefined,
    token: entry?.configDigest as string | undefined,
  })

  const attempt = (object: FluxObject, entry: Record<string, unknown> | undefined): FluxStatus => ({
    lastAttemptedRevision: entry?.chartVersion as string,
    lastAttemptedConfigDigest: entry?.configDigest,
    lastAttemptedGeneration: generationOf(object),
    lastAttemptedReleaseAction: entry?.action,
    lastAttemptedReleaseActionDuration: spanOf(`${object.metadata.name}/${entry?.version}`, 4, 40),
  })

  /** A release more, and what the object says of it. */
  const succeed = (object: FluxObject, history: Record<string, unknown>[]) => {
    const [latest] = history
    const action = latest?.action === 'install' ? 'install' : 'upgrade'
    const reason = action === 'install' ? 'InstallSucceeded' : 'UpgradeSucceeded'
    const { namespace, name } = object.metadata
    const message = `Helm ${action} succeeded for release ${namespace}/${name}.v${latest?.version} with chart ${latest?.chartName}@${latest?.chartVersion}`
    const next = write(object, {
      ...attempt(object, latest),
      ...acknowledged(object),
      observedGeneration: generationOf(object),
      failures: undefined,
      installFailures: undefined,
      upgradeFailures: undefined,
      history,
      conditions: [is('Ready', reason, message), is('Released', reason, message)],
    })
    keepReleaseSecrets(store, next)
    tell(next, 'Normal', reason, message, metadataOf(latest))
  }

  const released = (object: FluxObject, version: string, app: string) => {
    const release = releaseOf(object)
    if (!release) return
    const action = (object.status?.history ?? []).length === 0 ? 'install' : 'upgrade'
    const next = { version, app, status: 'deployed', action, at: agenda.now() }
    succeed(object, releasesWith(object, release, next))
  }

  const fail = (object: FluxObject, trouble: FluxTrouble) => {
    if (trouble.is === 'waiting') wait(object, trouble.message)
    else if (trouble.is === 'progressing') {
      write(object, {
        ...(trouble.revision && { lastAttemptedRevision: trouble.revision }),
        conditions: [
          is('Reconciling', 'Progressing', trouble.message),
          is('Ready', 'Progressing', trouble.message, 'Unknown'),
          ...kept(object, 'Released'),
        ],
      })
    } else failed(object, trouble)
  }

  /** One attempt that failed, in the words of the scenario but for the action. */
  const failed = (object: FluxObject, trouble: FluxTrouble) => {
    const release = releaseOf(object)
    if (!release) return
    const again = troubleOf(object) === trouble && object.status?.failures !== undefined
    const action = !again && trouble.reason === 'InstallFailed' ? 'install' : 'upgrade'
    const reason = action === 'install' ? 'InstallFailed' : again ? 'UpgradeFailed' : trouble.reason
    const message = trouble.message.replace(/^Helm (install|upgrade) /, `Helm ${action} `)
    const version = trouble.revision ?? object.status?.lastAttemptedRevision ?? release.version
    const next = { version, app: release.app, status: 'failed', action, at: agenda.now() }
    const history = releasesWith(object, release, next)
    const counter = `${action}Failures`
    const count = (field: string) => ((object.status?.[field] as number | undefined) ?? 0) + 1
    const stalled = trouble.is === 'stalled'
    const conditions: NewCondition[] = [
      stalled
        ? is('Stalled', 'RetriesExceeded', `Failed to ${action} after ${count(counter)} attempt(s)`)
        : is('Reconciling', 'ProgressingWithRetry', `retrying after ${retryInterval}`),
      is('Ready', reason, message, 'False'),
      is('Released', reason, message, 'False'),
    ]
    const written = write(object, {
      ...attempt(object, history[0]),
      ...acknowledged(object),
      ...(stalled && { observedGeneration: generationOf(object) }),
      failures: count('failures'),
      [counter]: count(counter),
      history,
      conditions,
    })
    keepReleaseSecrets(store, written)
    tell(written, 'Warning', reason, message, metadataOf(history[0]))
  }

  const missing = (object: FluxObject): string | undefined => {
    const names = (object.spec.dependsOn as { name: string; namespace?: string }[] | undefined) ?? []
    for (const { name, namespace = object.metadata.namespace } of names) {
      const other = store.get(flux.helmRelease, namespace, name) as FluxObject | undefined
      if (!other || !isFulfilled(other)) return `dependency '${namespace}/${name}' is not ready`
    }
    return undefined
  }

  const wait = (object: FluxObject, message: string) => {
    const next = write(object, {
      ...acknowledged(object),
      conditions: [
        is('Reconciling', 'Progressing', 'Fulfilling prerequisites'),
        is('Ready', 'DependencyNotReady', message, 'False'),
        ...kept(object, 'Released'),
      ],
    })
    tell(next, 'Normal', 'DependencyNotReady', message)
  }

  /** An action runs; it ends as the scenario says. */
  const run = (object: FluxObject, noted: FluxStatus) => {
    const message = `Running 'upgrade' action with timeout of ${object.spec.timeout}`
    write(object, {
      ...noted,
      conditions: [
        is('Reconciling', 'Progressing', message),
        is('Ready', 'Progressing', message, 'Unknown'),
        ...kept(object, 'Released'),
      ],
    })
    later(object, work, () => {
      const live = fresh(object)
      const trouble = troubleOf(live)
      const [latest] = live.status?.history ?? []
      if (trouble) failed(live, trouble)
      else released(live, String(latest?.chartVersion), String(latest?.appVersion ?? ''))
    })
  }

  const reconcile = (object: FluxObject) => {
    const trouble = troubleOf(object)
    const { [REQUESTED]: requested, [FORCE]: force, [RESET]: reset } = object.metadata.annotations ?? {}
    if (object.spec.suspend) {
      write(object, { ...acknowledged(object), observedGeneration: generationOf(object) })
      return
    }
    if (trouble?.is === 'progressing') return
    const why = trouble?.is === 'waiting' ? trouble.message : missing(object)
    if (why !== undefined) {
      wait(object, why)
      later(object, dependencyRetry.milliseconds, () => reconcile(fresh(object)))
      return
    }
    const isNew = (token: string | undefined, field: string) =>
      token !== undefined && token === requested && object.status?.[field] !== token
    const forced = isNew(force, 'lastHandledForceAt')
    const cleared = isNew(reset, 'lastHandledResetAt')
    // A token is noted even where it asks for nothing.
    const noted: FluxStatus = {
      ...(force !== undefined && { lastHandledForceAt: force }),
      ...(reset !== undefined && { lastHandledResetAt: reset }),
      ...(cleared && { installFailures: undefined, upgradeFailures: undefined, failures: 0 }),
    }
    if (forced || cleared || trouble?.is === 'failed') run(object, noted)
    else inSync(object, noted)
  }

  /** Nothing is to be done: it is as well as its release, and has seen its latest spec. */
  const inSync = (object: FluxObject, noted: FluxStatus) => {
    const released = kept(object, 'Released')
    const ready = released.map((one) => ({ ...one, type: 'Ready' }))
    write(object, {
      ...acknowledged(object),
      ...noted,
      observedGeneration: generationOf(object),
      conditions: [...kept(object, 'Stalled'), ...ready, ...released],
    })
  }

  const settled = (object: FluxObject, version: string, app: string) => {
    const release = releaseOf(object)
    if (!release) return
    const number = 1 + (hash(release.name) % 6)
    const action = number === 1 ? 'install' : 'upgrade'
    const next = { version, app, status: 'deployed', action, at: agenda.now() }
    const [made = {}] = releasesWith(object, release, next)
    succeed(object, [{ ...made, version: number }])
  }

  return { reconcile, released, fail, settled }
}
