// What is served here: /version, /api, /apis and what is below them, in the old form and the aggregated one.
import type { Resource } from '#model/kube.ts'
import type { Answer, Call } from './call.ts'
import { jsonAnswer, textAnswer } from './call.ts'
import { noSuchResource, notAcceptable } from './errors.ts'
import { OFFERED } from './negotiate.ts'
import type { Registry, Served } from './registry.ts'

const VERSION = {
  major: '1',
  minor: '36',
  emulationMajor: '1',
  emulationMinor: '36',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '35',
  gitVersion: 'v1.36.3',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '2026-08-12T00:00:00Z',
  goVersion: 'go1.26.8',
  compiler: 'gc',
  platform: 'linux/amd64',
}

const AGGREGATED = /^application\/json;(?=.*as=APIGroupDiscoveryList)(?=.*v=v2(?:;|$))/

/** The first form that is accepted and given; throws 406 where none is. */
function isAggregated(accept: string | undefined): boolean {
  const forms = (accept ?? '*/*').split(',').map((one) => one.trim())
  for (const form of forms) {
    if (AGGREGATED.test(form)) return true
    if (!form.includes('as=')) return false
  }
  throw notAcceptable(OFFERED)
}

interface SubresourceKind {
  readonly kind: string
  readonly group?: string
  readonly version?: string
  readonly verbs: readonly string[]
}

const PROXIED = ['create', 'delete', 'get', 'patch', 'update']

/** What a subresource is, where it is not the object itself; of one kind or of all. */
const SUBRESOURCE_KINDS: Readonly<Record<string, SubresourceKind>> = {
  scale: { kind: 'Scale', group: 'autoscaling', version: 'v1', verbs: ['get', 'patch', 'update'] },
  log: { kind: 'Pod', verbs: ['get'] },
  exec: { kind: 'PodExecOptions', verbs: ['create', 'get'] },
  attach: { kind: 'PodAttachOptions', verbs: ['create', 'get'] },
  portforward: { kind: 'PodPortForwardOptions', verbs: ['create', 'get'] },
  eviction: { kind: 'Eviction', group: 'policy', version: 'v1', verbs: ['create'] },
  'pods/proxy': { kind: 'PodProxyOptions', verbs: PROXIED },
  'nodes/proxy': { kind: 'NodeProxyOptions', verbs: PROXIED },
  'services/proxy': { kind: 'ServiceProxyOptions', verbs: PROXIED },
}

/** Paths that answer about the server itself; undefined for any other path. */
export function discoveryAnswer(call: Call): Answer | undefined {
  const { path } = call.target
  const { registry } = call.api
  if (/^\/(healthz|livez|readyz)(\/(ping|log|etcd)?)?$/.test(path)) return textAnswer('ok')
  if (path === '/version' || path === '/version/') return jsonAnswer(VERSION)
  if (path === '/api' || path === '/api/') {
    if (isAggregated(call.request.headers.accept)) return aggregatedAnswer(registry, true)
    return jsonAnswer({ kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] })
  }
  if (path === '/apis' || path === '/apis/') {
    if (isAggregated(call.request.headers.accept)) return aggregatedAnswer(registry, false)
    return jsonAnswer({ kind: 'APIGroupList', apiVersion: 'v1', groups: groupsOf(registry).map(groupEntry) })
  }
  const group = /^\/apis\/([^/]+)\/?$/.exec(path)?.[1]
  if (group !== undefined) {
    const found = groupsOf(registry).find(([name]) => name === group)
    return found && jsonAnswer({ kind: 'APIGroup', apiVersion: 'v1', ...groupEntry(found) })
  }
  const match = /^\/(?:api|apis\/([^/]+))\/([^/]+)\/?$/.exec(path)
  if (!match) return undefined
  const [, name = '', version = ''] = match
  const served = registry
    .all()
    .filter(({ resource }) => resource.group === name && resource.version === version)
  if (served.length === 0 && registry.hasGroup(name)) throw noSuchResource()
  if (served.length === 0) return undefined
  return jsonAnswer({
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: name ? `${name}/${version}` : version,
    resources: served.flatMap(resourceEntries),
  })
}

type Group = readonly [name: string, versions: ReadonlyMap<string, readonly Served[]>]

/** All groups but the core one, in the order that kinds were first seen. */
function groupsOf(registry: Registry, core = ''): readonly Group[] {
  const groups = new Map<string, Map<string, Served[]>>()
  for (const served of registry.all()) {
    const { group, version } = served.resource
    const versions = groups.get(group) ?? new Map<string, Served[]>()
    groups.set(group, versions)
    versions.set(version, [...(versions.get(version) ?? []), served])
  }
  return [...groups].filter(([name]) => name !== core)
}

const groupEntry = ([name, versions]: Group) => {
  const entries = [...versions.keys()].map((version) => ({ groupVersion: `${name}/${version}`, version }))
  return { name, versions: entries, preferredVersion: entries[0] }
}

function resourceEntries({ resource, subresources }: Served): object[] {
  const singularName = resource.kind.toLowerCase()
  const { plural: name, namespaced, kind, verbs } = resource
  return [
    {
      name,
      singularName,
      namespaced,
      kind,
      verbs,
      ...(resource.shortNames?.length && { shortNames: resource.shortNames }),
      ...(resource.categories?.length && { categories: resource.categories }),
    },
    ...subresources.map((subresource) => {
      return {
        name: `${name}/${subresource}`,
        singularName: '',
        namespaced,
        ...subresourceKind(resource, subresource),
      }
    }),
  ]
}

function aggregatedAnswer(registry: Registry, core: boolean): Answer {
  const groups = core ? groupsOf(registry, '-').filter(([name]) => name === '') : groupsOf(registry)
  const body = {
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    metadata: {},
    items: groups.map(([name, versions]) => ({
      metadata: { ...(name && { name }) },
      versions: [...versions].map(([version, served]) => ({
        version,
        resources: served.map(aggregatedEntry),
        freshness: 'Current',
      })),
    })),
  }
  return {
    ...jsonAnswer(body),
    headers: { 'content-type': 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList' },
  }
}

/** A kind without group and version is of those that it is listed in. */
const kindHere = (kind: string) => ({ group: '', version: '', kind })

function aggregatedEntry({ resource, subresources }: Served): object {
  const { kind, verbs } = resource
  return {
    resource: resource.plural,
    responseKind: kindHere(kind),
    scope: resource.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: kind.toLowerCase(),
    verbs,
    ...(resource.shortNames?.length && { shortNames: resource.shortNames }),
    ...(resource.categories?.length && { categories: resource.categories }),
    ...(subresources.length > 0 && {
      subresources: subresources.map((one) => subresourceEntry(resource, one)),
    }),
  }
}

function subresourceKind({ plural, kind }: Resource, subresource: string): SubresourceKind {
  const own = SUBRESOURCE_KINDS[`${plural}/${subresource}`] ?? SUBRESOURCE_KINDS[subresource]
  return own ?? { kind, verbs: ['get', 'patch', 'update'] }
}

function subresourceEntry(resource: Resource, subresource: string): object {
  const { kind, group, version, verbs } = subresourceKind(resource, subresource)
  return { subresource, responseKind: { ...kindHere(kind), ...(group && { group, version }) }, verbs }
}
