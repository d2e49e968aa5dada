// Which kinds are served under which path, and where their objects come from: the store, another kind's objects
// in another form (events.k8s.io), or the world's signals (metrics.k8s.io).
import type { World } from '#homelab/world.ts'
import type { KubeObject, Resource } from '#model/kube.ts'
import { newEvent } from './events.ts'
import { at, type Fields, fieldsAt, listAt, textAt } from './json.ts'
import { BUILT_IN, METRICS, REVIEWS, VERBS } from './kinds.ts'
import { listMetrics } from './metrics.ts'
import { BUILT_IN_SHAPE, customShape, type Shape } from './shape.ts'

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
  /** What a CustomResourceDefinition declares of its objects. */
  readonly schema: Fields | undefined
  /** Which of its lists and maps are merged field by field. */
  readonly shape: Shape
  /** Whether the kind came with a CustomResourceDefinition or an aggregated server: its list items name it. */
  readonly custom: boolean
}

export interface Registry {
  all(): readonly Served[]
  find(group: string, version: string, plural: string): Served | undefined
  has(group: string, version: string): boolean
  hasGroup(group: string): boolean
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
      return custom ? listAt(versionOf(world, resource), 'additionalPrinterColumns') : []
    },
    get schema() {
      return custom ? schemaOf(world, resource) : undefined
    },
    get shape() {
      return custom ? customShape(schemaOf(world, resource) ?? {}) : BUILT_IN_SHAPE
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
      schema: undefined,
      shape: BUILT_IN_SHAPE,
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
      schema: undefined,
      shape: BUILT_IN_SHAPE,
      list: () => [],
      get: () => undefined,
      custom: false,
    })
  }

  /** Kinds that the world registered since, and without those that it gave up: custom resources. */
  const refresh = () => {
    const known = new Set(
      store.resources.map(({ group, version, plural }) => `${group}/${version}/${plural}`),
    )
    for (const [key, { custom, stored }] of ready) if (custom && stored && !known.has(key)) ready.delete(key)
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
    hasGroup(group) {
      refresh()
      return [...ready.values()].some(({ resource }) => resource.group === group)
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

/** The version of the definition that is served. */
function versionOf(world: World, resource: Resource): Fields | undefined {
  return listAt(definitionOf(world, resource), 'spec', 'versions').find(
    (one) => textAt(one, 'name') === resource.version,
  )
}

/** Undefined where the definition declares nothing. */
function schemaOf(world: World, resource: Resource): Fields | undefined {
  const schema = fieldsAt(versionOf(world, resource), 'schema', 'openAPIV3Schema')
  return Object.keys(schema).length > 0 ? schema : undefined
}
