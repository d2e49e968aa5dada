// Kinds by any of their names, as an operator types them.
import type { Resource } from '#model/kube.ts'
import { nearest } from '#model/nearest.ts'
import { SourceError } from '#model/reading.ts'

/** `helmreleases.helm.toolkit.fluxcd.io`, the one name that is never ambiguous; the core group has no suffix. */
export function fullName(resource: Resource): string {
  return resource.group === '' ? resource.plural : `${resource.plural}.${resource.group}`
}

/**
 * The resource meant by `name`: plural, kind (its singular), short name, or any of them with `.group` or a part of it
 * (`ks.kustomize`). As in kubectl the core group goes first, then `apps` and `batch`; any other clash is an error.
 */
export function resolveResource(resources: readonly Resource[], name: string): Resource {
  const wanted = name.trim().toLowerCase()
  const dot = wanted.indexOf('.')
  const short = dot < 0 ? wanted : wanted.slice(0, dot)
  const group = dot < 0 ? undefined : wanted.slice(dot + 1)
  const matches = resources.filter(
    (one) => namesOf(one).includes(short) && (group === undefined || inGroup(one, group)),
  )
  const exact = matches.filter((one) => group !== undefined && one.group === group)
  const candidates = exact.length > 0 ? exact : matches
  const [first, second] = candidates
  if (first === undefined) throw unknown(resources, name)
  if (second === undefined) return first
  for (const builtIn of ['', 'apps', 'batch']) {
    const found = candidates.filter((one) => one.group === builtIn)
    if (found.length === 1 && found[0]) return found[0]
  }
  throw new SourceError({
    reason: 'invalid',
    detail: `${name} may be ${candidates.map(fullName).sort().join(' or ')}`,
    fix: `name the group too, as in ${fullName(first)}`,
  })
}

function namesOf(resource: Resource): readonly string[] {
  return [resource.plural, resource.kind.toLowerCase(), ...(resource.shortNames ?? [])]
}

function inGroup(resource: Resource, group: string): boolean {
  return resource.group === group || resource.group.startsWith(`${group}.`)
}

function unknown(resources: readonly Resource[], name: string): SourceError {
  const near = nearest(
    name,
    resources.flatMap((one) => [one.plural, one.kind.toLowerCase()]),
  )
  const detail = `the server serves no kind named ${name}`
  return new SourceError({
    reason: 'not-found',
    detail,
    ...(near !== undefined && { fix: `did you mean ${near}?` }),
  })
}
