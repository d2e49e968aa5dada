// List, then watch, for ever: the loop behind every table that stays current.
import type { Cluster, Decoder, ListQuery, WatchEnd } from '#cluster/cluster.ts'
import type { Row } from '#model/kube.ts'
import { SourceError } from '#model/reading.ts'
import { applyEvent, type Held } from './held.ts'
import { sameHistory } from './same-history.ts'
import { backOff, pause, type Timing } from './timing.ts'

/** What one list + watch knows. It outlives the loop, so that a loop started again resumes where the last one was. */
export interface Scope<T extends Row> {
  readonly query: ListQuery
  held: Held<T>
  /** Where to watch from; absent: list first. */
  version: string | undefined
  /** False until one list was read to its end. */
  complete: boolean
  remaining: number | undefined
  /** When we last knew the rows to be the server's. */
  heardAt: number | undefined
  error: SourceError | undefined
  /** Failures in a row: a list that succeeds ends none while the watch after it still fails. */
  failures: number
}

export function newScope<T extends Row>(query: ListQuery): Scope<T> {
  return {
    query,
    held: new Map(),
    version: undefined,
    complete: false,
    remaining: undefined,
    heardAt: undefined,
    error: undefined,
    failures: 0,
  }
}

export interface FollowOptions<T extends Row> {
  readonly cluster: Cluster
  readonly decoder: Decoder<T>
  readonly timing: Timing
  readonly signal: AbortSignal
  /** `rows`: they changed; `listed`: a first page or a whole list is there; `heard`: still current. */
  readonly changed: (what: 'rows' | 'listed' | 'heard' | 'listing' | 'failed') => void
}

/** The longest wait must leave time to be back within ten seconds of the server's return. */
const retry = { first: 500, most: 6000 }
/** What is forbidden seldom becomes allowed while one looks. */
export const retryForbidden = { first: 15_000, most: 60_000 }
/** A watch that ends sooner than this is not resumed at once. */
const shortest = 1000
/** A watch that stood for this long shows that all is well again. */
const steady = 10_000

/** Runs until the signal aborts, or until `giveUp` says that this error is for the caller to deal with. */
export async function follow<T extends Row>(
  scope: Scope<T>,
  options: FollowOptions<T>,
  giveUp: (error: SourceError) => boolean,
): Promise<void> {
  const { timing, signal, changed } = options
  let listed = false
  while (!signal.aborted) {
    const begun = timing.now()
    const listing = scope.version === undefined
    const error = await (listing
      ? listAll(scope, options)
      : listed
        ? watchOn(scope, options)
        : resume(scope, options))
    listed = listing
    if (signal.aborted) return
    const lasted = timing.now() - begun
    if (!listing && lasted >= steady) scope.failures = 0
    if (error) {
      scope.version = undefined
      scope.failures += 1
      scope.error = error
      if (giveUp(error)) return
      changed('failed')
      const bounds = error.reason === 'forbidden' ? retryForbidden : retry
      await pause(timing, backOff(scope.failures, bounds, timing.random(), error.retryAfter), signal)
    } else if (!listing && lasted < shortest) {
      // A server that ends every watch at once must not be asked in a busy loop.
      scope.failures += 1
      const bounds = { first: shortest, most: retry.most }
      await pause(timing, backOff(scope.failures, bounds, timing.random()), signal)
    }
  }
}

/** The first list is shown as it comes; a later one replaces the rows when it is whole, and what it lacks is gone. */
async function listAll<T extends Row>(
  scope: Scope<T>,
  { cluster, decoder, timing, signal, changed }: FollowOptions<T>,
): Promise<SourceError | undefined> {
  changed('listing')
  let fresh: Held<T> = new Map()
  let version = ''
  let first = true
  if (!scope.complete) scope.held = fresh
  try {
    for await (const page of cluster.list(scope.query, decoder, signal)) {
      if (signal.aborted) return undefined
      if (page.restarted) fresh = new Map()
      for (const item of page.items) fresh.set(item.uid, item)
      version = page.resourceVersion
      // Rows that are to be replaced are no newer for the pages that have come.
      if (scope.held !== fresh) continue
      scope.heardAt = timing.now()
      scope.remaining = page.remaining
      changed(first ? 'listed' : 'rows')
      first = false
    }
  } catch (error) {
    if (signal.aborted) return undefined
    if (error instanceof SourceError) return error
    throw error
  }
  scope.held = fresh
  scope.heardAt = timing.now()
  scope.version = version
  scope.complete = true
  scope.remaining = undefined
  scope.error = undefined
  changed('listed')
  return undefined
}

/** Watches on from where an earlier watch was, if that is still a place in the server's history. */
async function resume<T extends Row>(
  scope: Scope<T>,
  options: FollowOptions<T>,
): Promise<SourceError | undefined> {
  const { cluster, decoder, signal } = options
  const followed = { query: scope.query, held: scope.held, version: scope.version ?? '' }
  try {
    if (await sameHistory(followed, cluster, decoder, signal)) return await watchOn(scope, options)
    scope.version = undefined
    return undefined
  } catch (error) {
    if (signal.aborted) return undefined
    if (error instanceof SourceError) return error
    throw error
  }
}

async function watchOn<T extends Row>(
  scope: Scope<T>,
  { cluster, decoder, timing, signal, changed }: FollowOptions<T>,
): Promise<SourceError | undefined> {
  const { firstPage: _first, page: _page, ...query } = scope.query
  const events = cluster.watch({ ...query, resourceVersion: scope.version ?? '' }, decoder, signal)
  for (;;) {
    const next = await events.next()
    if (signal.aborted) return undefined
    if (next.done) return ended(scope, next.value)
    const effect = applyEvent(scope.held, scope.version ?? '', next.value)
    if (effect === 'relist') {
      await events.return({ reason: 'closed' })
      scope.version = undefined
      return undefined
    }
    scope.version = next.value.resourceVersion
    scope.heardAt = timing.now()
    changed(effect === 'changed' ? 'rows' : 'heard')
  }
}

/** A watch that was closed goes on from its last version; an expired one, or one that broke, begins with a list. */
function ended<T extends Row>(scope: Scope<T>, end: WatchEnd): SourceError | undefined {
  switch (end.reason) {
    case 'closed':
    case 'aborted':
      return undefined
    case 'expired':
      scope.version = undefined
      return undefined
    case 'failed':
      return end.error
  }
}
