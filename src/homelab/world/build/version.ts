// Which version an image brings: labels, environment and logs follow the image that runs.
import type { PodTemplate } from './template.ts'

const label = 'app.kubernetes.io/version'

/**
 * What becomes of `version` when one image takes another's place: the new tag, without what the old one has around the
 * version (`v2.4.1`, `8.4.0-alpine`). A tag that does not tell the version leaves it as it is.
 */
export function versionAfter(version: string, before: string, after: string): string {
  const [old, next] = [tagOf(before), tagOf(after)]
  const at = old.indexOf(version)
  if (version === '' || at < 0) return version
  const [lead, tail] = [old.slice(0, at), old.slice(at + version.length)]
  const fits = next.startsWith(lead) && next.endsWith(tail) && next.length > lead.length + tail.length
  return fits ? next.slice(lead.length, next.length - tail.length) : version
}

export const versionOf = ({ metadata }: PodTemplate): string | undefined => metadata.labels[label]

/** Another image for the first container, and the version that it brings. */
export function withImage(template: PodTemplate, image: string): PodTemplate {
  const { metadata, spec } = template
  const [first, ...others] = spec.containers
  const version = versionOf(template)
  if (first === undefined) return template
  const next = version === undefined ? undefined : versionAfter(version, first.image, image)
  const told = [{ ...first, image }, ...others]
  if (version === undefined || next === undefined || next === version)
    return { ...template, spec: { ...spec, containers: told } }
  const environment = (entry: { readonly value?: string }) =>
    entry.value?.includes(`service.version=${version},`)
      ? { ...entry, value: entry.value.replace(`service.version=${version},`, `service.version=${next},`) }
      : entry
  return {
    ...template,
    metadata: { ...metadata, labels: labelledWith(metadata.labels, next) },
    spec: {
      ...spec,
      containers: told.map((one) =>
        Array.isArray(one.env) ? { ...one, env: one.env.map(environment) } : one,
      ),
    },
  }
}

export const labelledWith = (labels: Record<string, string>, version: string): Record<string, string> =>
  labels[label] === undefined ? labels : { ...labels, [label]: version }

/** The part behind the last `:`, without a digest; '' where there is none. */
function tagOf(image: string): string {
  const named = image.split('@')[0] ?? ''
  return /:([^:/]+)$/.exec(named)?.[1] ?? ''
}
