// What is served here: /version, /api, /apis and what is below them, in the old form and the aggregated one.
import type { Answer, Call } from './call.ts'
import { jsonAnswer, textAnswer } from './call.ts'
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

const AGGREGATED = /application\/json;(?=[^,]*as=APIGroupDiscoveryList)(?=[^,]*v=v2(?:[;,]|$))[^,]*/

/** What a subresource is, where it is not the object itself. */
const SUBRESOURCE_KINDS: Readonly<
  Record<string, { kind: string; group?: string; version?: string; verbs: string[] }>
> = {
  scale: { kind: 'Scale', group: 'autoscaling', version: 'v1', verbs: ['get', 'patch', 'update'] },
  log: { kind: 'Pod', verbs: ['get'] },
  exec: { kind: 'PodExecOptions', verbs: ['create', 'get'] },
  attach: { kind: 'PodAttachOptions', verbs: ['create', 'get'] },
  portforward: { kind: 'PodPortForwardOptions', verbs: ['create', 'get'] },
  eviction: { kind: 'Eviction', group: 'policy', version: 'v1', verbs: ['create'] },
  proxy: { kind: 'ServiceProxyOptions', verbs: ['create', 'delete', 'get', 'patch', 'update'] },
}

/** Paths that answer about the server itself; undefined for any other path. */
export function discoveryAnswer(call: Call): Answer | undefined {
  const { path } = call.target
  const { registry } = call.api
  if (/^\/(healthz|livez|readyz)(\/|$)/.test(path)) return textAnswer('ok')
  if (path === '/version' || path === '/version/') return jsonAnswer(VERSION)
  const aggregated = AGGREGATED.test(call.request.headers.accept ?? '')
  if (path === '/api' || path === '/api/') {
    if (aggregated) return aggregatedAnswer(registry, true)
    return jsonAnswer({ kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] })
  }
  if (path === '/apis' || path === '/apis/') {
    if (aggregated) return aggregatedAnswer(registry, false)
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
      const own = SUBRESOURCE_KINDS[subresource] ?? { kind, verbs: ['get', 'patch', 'update'] }
      return { name: `${name}/${subresource}`, singularName: '', namespaced, ...own }
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
      metadata: { name: name || null, creationTimestamp: null },
      versions: [...versions].map(([version, served]) => ({
        version,
        freshness: 'Current',
        resources: served.map(aggregatedEntry),
      })),
    })),
  }
  return {
    ...jsonAnswer(body),
    headers: { 'content-type': 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList' },
  }
}

function aggregatedEntry({ resource, subresources }: Served): object {
  const { group, version, kind, verbs } = resource
  return {
    resource: resource.plural,
    responseKind: { group, version, kind },
    scope: resource.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: kind.toLowerCase(),
    verbs,
    ...(resource.shortNames?.length && { shortNames: resource.shortNames }),
    ...(resource.categories?.length && { categories: resource.categories }),
    subresources: subresources.map((subresource) => {
      const own = SUBRESOURCE_KINDS[subresource] ?? { kind, verbs: ['get', 'patch', 'update'] }
      return {
        subresource,
        responseKind: { group: own.group ?? '', version: own.version ?? version, kind: own.kind },
        verbs: own.verbs,
      }
    }),
  }
}
