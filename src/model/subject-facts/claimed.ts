// Which claims an object's spec names, and which each of its pods gets of its own.
import { type Fields, fields, items, number, text } from '#model/fields.ts'
import type { KubeObject, ObjectRef } from '#model/kube.ts'
import { quoteRegex } from '#model/promql-text.ts'
import type { Reading } from '#model/reading.ts'
import { podNamesIn } from '#model/subject-charts/charts-of.ts'

export interface Claimed {
  readonly names: readonly string[]
  /** Volumes of the template for which each pod has a claim `<pod>-<volume>`. */
  readonly ephemeral: readonly string[]
  /** Templates of claims of a StatefulSet, whose ordinals have one each. */
  readonly templates: readonly string[]
}

/** Kinds whose spec names every claim: of others, as CloudNativePG's Cluster, an operator makes them. */
const whole: ReadonlySet<string> = new Set([
  ...['Pod', 'Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'],
])

/** Undefined where the object's spec does not tell. */
export function claimedBy(object: KubeObject): Claimed | undefined {
  const { kind, metadata } = object
  if (!whole.has(kind)) return undefined
  const spec = fields(object.spec)
  const volumes = items((kind === 'Pod' ? spec : fields(fields(templateOf(kind, spec)).spec)).volumes).map(
    fields,
  )
  const mounted = volumes.flatMap((volume) => text(fields(volume.persistentVolumeClaim).claimName) ?? [])
  const ephemeral = volumes.flatMap((volume) =>
    fields(volume.ephemeral).volumeClaimTemplate === undefined ? [] : (text(volume.name) ?? []),
  )
  const own = kind === 'Pod' ? ephemeral.map((volume) => `${metadata.name}-${volume}`) : []
  const templates = kind === 'StatefulSet' ? templatesOf(spec) : []
  return {
    names: [...new Set([...mounted, ...own, ...ordinalClaims(metadata.name, templates, spec)])],
    ephemeral: kind === 'Pod' ? [] : ephemeral,
    templates,
  }
}

/**
 * The claims of its spec as one regular expression (RE2), '' where it names none or could not be read; undefined while
 * the object is still to come.
 */
export function claimPattern(ref: ObjectRef, { data, gap }: Reading<KubeObject>): string | undefined {
  if (data === undefined) return gap === undefined ? undefined : ''
  const claimed = claimedBy(data)
  const pods = podNamesIn(ref)
  const ofPods = claimed?.ephemeral.map((volume) => `${pods}-${quoteRegex(volume)}`) ?? []
  return [...(claimed?.names.map(quoteRegex) ?? []), ...(pods === undefined ? [] : ofPods)].join('|')
}

function templateOf(kind: string, spec: Fields): unknown {
  return kind === 'CronJob' ? fields(fields(spec.jobTemplate).spec).template : spec.template
}

const templatesOf = (spec: Fields): readonly string[] =>
  items(spec.volumeClaimTemplates).flatMap((one) => text(fields(fields(one).metadata).name) ?? [])

/** A StatefulSet's: `data-redis-0`. */
function ordinalClaims(name: string, templates: readonly string[], spec: Fields): readonly string[] {
  const first = number(fields(spec.ordinals).start) ?? 0
  const ordinals = Array.from({ length: number(spec.replicas) ?? 1 }, (_, index) => first + index)
  return templates.flatMap((template) => ordinals.map((ordinal) => `${template}-${name}-${ordinal}`))
}
