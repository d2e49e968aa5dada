// How full the volumes are that a pod or a workload claims: which ones by its spec, how full by the kubelet's figures.
import { percent } from '#model/amount-words.ts'
import { type Fields, fields, items, number, text } from '#model/fields.ts'
import { fillState } from '#model/fill-state.ts'
import type { KubeObject } from '#model/kube.ts'
import type { Reading } from '#model/reading.ts'
import type { ChartData, ChartLine } from '#model/subject-charts/lines.ts'
import { type Fact, unknown } from './fact.ts'

const most = 3
/** A figure this much older than the end of the range says nothing of its end, milliseconds. */
const fresh = 5 * 60_000

/** `object` is the pod or the workload itself; `volumes` is how full its claims are, a line each, 0 to 1. */
export function claimFacts(object: Reading<KubeObject>, volumes: Reading<ChartData>): readonly Fact[] {
  const fills = new Map(volumes.data?.lines.map((line) => [line.name, lastOf(line, volumes.data?.to ?? 0)]))
  const named = object.data === undefined ? [] : claimsOf(object.data)
  const names = [...new Set([...named, ...fills.keys()])]
  if (names.length === 0) return [none(object)]
  const bare = volumes.data === undefined && volumes.gap?.reason !== 'no-series'
  if (bare) return [unknown(volumes, `fill of ${names.join(', ')}`)]
  const facts = names
    .map((name) => ({ name, fill: fills.get(name) }))
    .sort((a, b) => (b.fill ?? -1) - (a.fill ?? -1))
    .map(({ name, fill }) => factOf(name, fill))
  const more = facts.length - most
  return more > 0
    ? [...facts.slice(0, most), { text: more === 1 ? '1 more claim' : `${more} more claims`, tone: 'dim' }]
    : facts
}

function none(object: Reading<KubeObject>): Fact {
  return object.data === undefined
    ? unknown(object, 'volume claims')
    : { text: 'no volume claims', tone: 'dim' }
}

function factOf(name: string, fill: number | undefined): Fact {
  if (fill === undefined) return { text: `${name} not measured`, tone: 'dim' }
  const tone = fillState(fill)
  return { text: `${name} ${percent(fill)} full`, ...(tone && { tone }) }
}

function lastOf({ times, values, step }: ChartLine, to: number): number | undefined {
  const [at, value] = [times.at(-1), values.at(-1)]
  return at === undefined || to - at > Math.max(fresh, 2 * step) ? undefined : value
}

/** Names of the claims of a pod, or of a workload's pods: those of its template, and those made for each of its ordinals. */
function claimsOf(object: KubeObject): readonly string[] {
  const spec = fields(object.spec)
  const podSpec = object.kind === 'Pod' ? spec : fields(fields(templateOf(object.kind, spec)).spec)
  const mounted = items(podSpec.volumes).flatMap(
    (volume) => text(fields(fields(volume).persistentVolumeClaim).claimName) ?? [],
  )
  return [...new Set([...mounted, ...ordinalClaims(object, spec)])]
}

function templateOf(kind: string, spec: Fields): unknown {
  return kind === 'CronJob' ? fields(fields(spec.jobTemplate).spec).template : spec.template
}

/** A StatefulSet's: `data-redis-0`. */
function ordinalClaims({ kind, metadata }: KubeObject, spec: Fields): readonly string[] {
  if (kind !== 'StatefulSet') return []
  const templates = items(spec.volumeClaimTemplates).flatMap(
    (one) => text(fields(fields(one).metadata).name) ?? [],
  )
  const first = number(fields(spec.ordinals).start) ?? 0
  const ordinals = Array.from({ length: number(spec.replicas) ?? 1 }, (_, index) => first + index)
  return templates.flatMap((template) => ordinals.map((ordinal) => `${template}-${metadata.name}-${ordinal}`))
}
