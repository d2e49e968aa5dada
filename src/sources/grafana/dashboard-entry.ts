// A GrafanaDashboard resource as an entry of the list: what it is called, and how its JSON can be had.
import { type Fields, fields, isFields, items, known, text } from '#cluster/fields.ts'
import type { DashboardEntry } from '#model/dashboard/find-dashboard.ts'
import { numeric } from '#model/fields.ts'
import type { KubeObject } from '#model/kube.ts'
import { SourceError } from '#model/reading.ts'
import { unpacked } from './content.ts'
import { dashboardTitle } from './dashboard.ts'

/** Where the JSON stands. */
export type DashboardHow =
  | { readonly kind: 'json' | 'gzip' }
  /** The operator's copy of what it fetched from `origin`. */
  | { readonly kind: 'copy'; readonly origin: string }
  | { readonly kind: 'configmap'; readonly name: string; readonly key: string }
  | { readonly kind: 'none'; readonly why: string }

export interface ClusterDashboard extends DashboardEntry {
  readonly how: DashboardHow
  /** The GrafanaDashboard that it comes from; absent: a ConfigMap on its own. */
  readonly resource?: string
}

export function ofResource(object: KubeObject): ClusterDashboard {
  const { name, namespace = '' } = object.metadata
  const spec = fields(fields(object).spec)
  const status = fields(fields(object).status)
  const inside = insideOf(spec, status)
  return {
    name,
    namespace,
    resource: name,
    how: howOf(spec, status),
    ...known({
      title: inside.title,
      uid: text(status.uid) ?? text(spec.uid) ?? inside.uid,
      gnetId: numeric(fields(spec.grafanaCom).id) ?? inside.gnetId,
      folder: text(spec.folder) ?? text(spec.folderRef) ?? text(spec.folderUID),
    }),
  }
}

/** What is no dashboard is listed too: whoever opens it is told. */
function insideOf(spec: Fields, status: Fields): ReturnType<typeof dashboardTitle> {
  try {
    const content = text(spec.json) ?? unpackedOf(text(spec.gzipJson) ?? text(status.contentCache))
    return content === undefined ? {} : dashboardTitle(content)
  } catch (error) {
    if (error instanceof SourceError) return {}
    throw error
  }
}

const unpackedOf = (packed: string | undefined) => (packed === undefined ? undefined : unpacked(packed))

/** In the order in which the operator looks. */
export function howOf(spec: Fields, status: Fields): DashboardHow {
  if (text(spec.json) !== undefined) return { kind: 'json' }
  if (text(spec.gzipJson) !== undefined) return { kind: 'gzip' }
  const { name, key } = fields(spec.configMapRef)
  if (text(name) !== undefined) return { kind: 'configmap', name: text(name) ?? '', key: text(key) ?? '' }
  const origin = originOf(spec)
  if (origin === undefined) {
    const jsonnet = spec.jsonnet !== undefined || spec.jsonnetLib !== undefined
    return {
      kind: 'none',
      why: jsonnet ? 'it is written in Jsonnet, which only the operator evaluates' : 'it has no content',
    }
  }
  if (text(status.contentCache) !== undefined) return { kind: 'copy', origin }
  return { kind: 'none', why: `the operator has not fetched it from ${origin} (no status.contentCache)` }
}

function originOf(spec: Fields): string | undefined {
  const { id, revision } = fields(spec.grafanaCom)
  const number = numeric(id)
  if (number === undefined) return text(spec.url)
  const version = numeric(revision)
  return `grafana.com ${number}${version === undefined ? '' : ` revision ${version}`}`
}

/** What the resource says stands for the dashboard's inputs: `DS_PROMETHEUS` by the name of a data source. */
export function inputsOf(spec: Fields): Readonly<Record<string, string>> {
  const pairs = items(spec.datasources)
    .filter(isFields)
    .flatMap(({ inputName, datasourceName }) => {
      const [input, source] = [text(inputName), text(datasourceName)]
      return input !== undefined && source !== undefined ? [[input, source] as const] : []
    })
  return Object.fromEntries(pairs)
}
