// What the first look will ask Prometheus, asked beforehand: the counts of two weeks are added up once, and between two
// slices of that everyone else has their turn.
import type { Upstream } from '#homelab/upstream.ts'
import type { World } from '#homelab/world.ts'
import { clusterCpu } from '#model/metric-queries.ts'

/** Milliseconds: first the homelab says that it is there. */
const AFTER = 120
/** Beyond so many pods it would be seconds of work that nobody asked for. */
const MOST_PODS = 500
const HOUR = 3600

/** Returns the cancel. */
export function warmUp(world: World, prometheus: Upstream): () => void {
  const gone = new AbortController()
  const pods = world.store.resources.find(({ group, plural }) => group === '' && plural === 'pods')
  if (!pods || world.store.list(pods).length > MOST_PODS) return () => {}
  const ask = (path: string, params: Readonly<Record<string, string>>) =>
    prometheus.answer(
      { method: 'GET', path, params: new URLSearchParams(params), headers: {}, body: '' },
      gone.signal,
    )
  const work = async () => {
    await ask('/api/v1/alerts', {})
    const end = Math.floor(world.clock.now() / 1000)
    const range = { start: String(end - HOUR), end: String(end), step: '60' }
    if (!gone.signal.aborted) await ask('/api/v1/query_range', { query: clusterCpu('5m'), ...range })
  }
  const timer = setTimeout(() => void work(), AFTER)
  timer.unref()
  return () => {
    clearTimeout(timer)
    gone.abort()
  }
}
