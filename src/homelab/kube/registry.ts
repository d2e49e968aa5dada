// Which kinds are served under which path, and where their objects come from: the store, another kind's objects
// in another form (events.k8s.io), or the world's signals (metrics.k8s.io).
import type { World } from '#homelab/world.ts'
import type { KubeObject, Resource } from '#model/kube.ts'
import { newEvent } from './events.ts'
import { at, type Fields, listAt, textAt } from './json.ts'
import { BUILT_IN, METRICS, REVIEWS, VERBS } from './kinds.ts'
import { listMetrics } from './metrics.ts'

/** One kind as it is served. */
export interface Served {
  readonly resource: Resource
  readonly subresources: readonly string[]
  /** The kind under which the store keeps the objects; absent where nothing is stored. */
  readonly stored?: Resource
  /** A stored object in the form of this kind. */
  present(object: KubeObject): KubeObject
  list(namespace?: string): readonly KubeObject[]
  get(namespace: string | undefined, name: string): KubeObject | undefined
  /** Columns that a CustomResourceDefinition asks for. */
  readonly printerColumns: readonly Fields[]
  /** Whether the kind came with a CustomResourceDefinition or an aggregated server: its list items name it. */
  readonly custom: boolean
}

export interface Registry {
  all(): readonly Served[]
  find(group: string, version: string, plural: string): Served | undefined
  has(group: string, version: string): boolean
}

const EVENTS_GROUP = 'events.k8s.io'
const same = (object: KubeObject) => object

export function createRegistry(world: World): Registry {
  const { store } = world
  const ready = new Map<string, Served>()

  const fromStore = (resource: Resource, subresources: readonly string[], custom: boolean): Served => ({
    resource,
    subresources,
    stored: resource,
    present: same,
    list: (namespace) => store.list(resource, namespace),
    get: (namespace, name) => store.get(resource, namespace, name),
    custom,
    get printerColumns() {
      return custom ? columnsOf(world, resource) : []
    },
  })

  for (const kind of BUILT_IN) {
    const key = `${kind.group}/${kind.version}/${kind.plural}`
    if (kind.group === EVENTS_GROUP) continue
    ready.set(key, fromStore(kind, kind.subresources, false))
  }
  const coreEvents = ready.get('/v1/events')
  const eventKind = BUILT_IN.find((kind) => kind.group === EVENTS_GROUP)
  if (coreEvents && eventKind) {
    ready.set(`${EVENTS_GROUP}/v1/events`, {
      ...coreEvents,
      resource: eventKind,
      present: newEvent,
      list: (namespace) => coreEvents.list(namespace).map(newEvent),
      get(namespace, name) {
        const found = coreEvents.get(namespace, name)
        return found && newEvent(found)
      },
    })
  }
  for (const resource of METRICS) {
    const list = (namespace?: string) => listMetrics(world, resource, namespace)
    ready.set(`${resource.group}/${resource.version}/${resource.plural}`, {
      resource,
      subresources: [],
      present: same,
      printerColumns: [],
      list,
      get: (namespace, name) => list(namespace).find((object) => object.metadata.name === name),
      custom: true,
    })
  }
  for (const resource of REVIEWS) {
    ready.set(`${resource.group}/${resource.version}/${resource.plural}`, {
      resource,
      subresources: [],
      present: same,
      printerColumns: [],
      list: () => [],
      get: () => undefined,
      custom: false,
    })
  }

  /** Kinds that the world registered since: custom resources. */
  const refresh = () => {
    for (const resource of store.resources) {
      const key = `${resource.group}/${resource.version}/${resource.plural}`
      if (!ready.has(key)) ready.set(key, fromStore(withNames(world, resource), ['status'], true))
    }
  }

  return {
    all() {
      refresh()
      return [...ready.values()]
    },
    find(group, version, plural) {
      refresh()
      return ready.get(`${group}/${version}/${plural}`)
    },
    has(group, version) {
      refresh()
      return [...ready.values()].some(
        ({ resource }) => resource.group === group && resource.version === version,
      )
    },
  }
}

function definitionOf(world: World, resource: Resource): KubeObject | undefined {
  const definitions = BUILT_IN.find((kind) => kind.kind === 'CustomResourceDefinition')
  return definitions && world.store.get(definitions, undefined, `${resource.plural}.${resource.group}`)
}

/** A custom kind with the short names of its definition, where the world gave it none. */
function withNames(world: World, resource: Resource): Resource {
  const shortNames = at(definitionOf(world, resource), 'spec', 'names', 'shortNames')
  const verbs = resource.verbs ?? VERBS
  if (resource.shortNames || !Array.isArray(shortNames)) return { ...resource, verbs }
  return { ...resource, verbs, shortNames: shortNames.map(String) }
}

/** additionalPrinterColumns of the version that is served. */
function columnsOf(world: World, resource: Resource): readonly Fields[] {
  const version = listAt(definitionOf(world, resource), 'spec', 'versions').find(
    (one) => textAt(one, 'name') === resource.version,
  )
  return listAt(version, 'additionalPrinterColumns')
}
