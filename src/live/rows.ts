// The rows of one kind, current while somebody looks: list + watch behind a feed. Where the whole cluster may not be
// listed, the namespaces that may be are followed instead, and `partial` says so.
import type { Cluster, Decoder, ListQuery } from '#cluster/cluster.ts'
import type { Row } from '#model/kube.ts'
import { gapOf, SourceError } from '#model/reading.ts'
import { type AllowedNamespaces, allowedNamespaces } from '#sources/kubernetes/allowed.ts'
import type { Rows } from './deck.ts'
import type { Feed } from './feed.ts'
import { type FollowOptions, follow, newScope, retryForbidden, type Scope } from './follow.ts'
import { gather } from './gather.ts'
import { lazyFeed } from './lazy-feed.ts'
import { type Live, type LiveAction, nothingYet, reduce } from './live.ts'
import { backOff, pause, type Timing } from './timing.ts'

export interface RowsOptions<T extends Row> {
  readonly cluster: Cluster
  readonly query: ListQuery
  readonly decoder: Decoder<T>
  readonly timing: Timing
}

/** After a longer absence than this, rows are listed again instead of being watched on from where they were. */
const resumable = 30_000

export function rowsFeed<T extends Row>(options: RowsOptions<T>): Feed<Live<Rows<T>>> {
  const { cluster, query, decoder, timing } = options
  let scopes: readonly Scope<T>[] = [newScope<T>(query)]
  let partial: string | undefined

  return lazyFeed<Live<Rows<T>>>(nothingYet, (emit, get) => {
    const stopped = new AbortController()
    const { signal } = stopped
    const act = (...actions: LiveAction<Rows<T>>[]) => emit(actions.reduce(reduce<Rows<T>>, get()))

    let rowsChanged = get().data === undefined
    const answer = (): LiveAction<Rows<T>>[] => {
      const at = oldest(scopes)
      if (at === undefined) return []
      const old = get().data
      const data = rowsChanged || !old ? joined(scopes, partial) : old
      rowsChanged = false
      return [{ type: 'answered', data, at }]
    }
    const complaint = (): LiveAction<Rows<T>>[] => {
      const error = scopes.find((scope) => scope.error)?.error
      return error ? [{ type: 'failed', gap: gapOf(error), at: timing.now() }] : []
    }
    const gathered = gather(() => act(...answer(), ...complaint()), timing)

    const changed: FollowOptions<T>['changed'] = (what) => {
      if (what === 'rows' || what === 'listed') rowsChanged = true
      if (what === 'listing') act({ type: 'started' })
      else if (what === 'listed') gathered.flush()
      else if (what === 'failed') {
        // The first failure after good news also tells until when the rows were good, and what changed last.
        gathered.stop()
        const news = get().gap ? [] : answer()
        act(...news, ...complaint())
      } else gathered.changed()
    }

    const run = async () => {
      const followed = { cluster, decoder, timing, signal, changed }
      const [whole] = scopes
      const narrow = query.namespace === undefined && query.resource.namespaced
      while (narrow && whole?.query === query && !signal.aborted) {
        await follow(whole, followed, (error) => error.reason === 'forbidden' && !whole.complete)
        if (signal.aborted) return
        const found = await whereAllowed(options, signal)
        if (signal.aborted) return
        if (found && found.allowed.length > 0) {
          scopes = found.allowed.map((namespace) => newScope<T>({ ...query, namespace }))
          partial = found.note
          break
        }
        changed('failed')
        await pause(timing, backOff(whole.failures, retryForbidden, timing.random()), signal)
      }
      await Promise.all(scopes.map((scope) => follow(scope, followed, () => false)))
    }

    for (const scope of scopes) {
      if (scope.heardAt === undefined || timing.now() - scope.heardAt > resumable) scope.version = undefined
    }
    if (partial !== undefined && scopes.every((scope) => scope.version === undefined)) {
      // Rights may have grown since, and namespaces come.
      scopes = [newScope<T>(query)]
      partial = undefined
    }
    // What is watched on from where it was is current again once the watch stands: there is no answer to wait for.
    if (scopes.some((scope) => scope.version !== undefined)) act(...answer(), ...complaint())
    void run()
    return () => {
      stopped.abort()
      gathered.stop()
      act({ type: 'stopped' })
    }
  })
}

/** Undefined where even that cannot be asked now; the refusal stands, and is asked about again later. */
async function whereAllowed<T extends Row>(
  { cluster, query }: RowsOptions<T>,
  signal: AbortSignal,
): Promise<AllowedNamespaces | undefined> {
  try {
    return await allowedNamespaces(cluster, query.resource, signal)
  } catch (error) {
    if (signal.aborted || error instanceof SourceError) return undefined
    throw error
  }
}

/** The rows are as current as the part of them that was heard of longest ago. */
function oldest<T extends Row>(scopes: readonly Scope<T>[]): number | undefined {
  const times = scopes.flatMap((scope) => scope.heardAt ?? [])
  return times.length === 0 ? undefined : Math.min(...times)
}

function joined<T extends Row>(scopes: readonly Scope<T>[], partial: string | undefined): Rows<T> {
  const rows: T[] = []
  for (const scope of scopes) for (const row of scope.held.values()) rows.push(row)
  const complete = scopes.every((scope) => scope.complete)
  const remaining = scopes.reduce((sum, scope) => sum + (scope.remaining ?? 0), 0)
  return {
    rows,
    complete,
    ...(!complete && remaining > 0 && { remaining }),
    ...(partial !== undefined && { partial }),
  }
}
