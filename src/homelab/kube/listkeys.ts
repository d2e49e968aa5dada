// Which lists are maps in disguise: merged by a key of their elements, in strategic patches and in apply.
import { type Fields, isFields } from './json.ts'

/** By the list's field name; lists that are not here are replaced as a whole. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  conditions: ['type'],
  containers: ['name'],
  env: ['name'],
  ephemeralContainers: ['name'],
  hostAliases: ['ip'],
  imagePullSecrets: ['name'],
  initContainers: ['name'],
  ownerReferences: ['uid'],
  ports: ['containerPort', 'port', 'protocol'],
  readinessGates: ['conditionType'],
  topologySpreadConstraints: ['topologyKey'],
  volumeMounts: ['mountPath'],
  volumes: ['name'],
}

/** The key of one element: what tells it from its neighbours; undefined where the list has none. */
export function elementKey(list: string, element: unknown): Fields | undefined {
  const names = KEYS[list]
  if (!names || !isFields(element)) return undefined
  const key = Object.fromEntries(
    names.flatMap((name) => (element[name] === undefined ? [] : [[name, element[name]]])),
  )
  return Object.keys(key).length > 0 ? key : undefined
}

/** Whether all elements have a key, so that the list is a map. */
export function isKeyed(list: string, items: readonly unknown[]): boolean {
  return KEYS[list] !== undefined && items.every((item) => elementKey(list, item) !== undefined)
}

export function sameKey(list: string, a: unknown, b: unknown): boolean {
  const [one, other] = [elementKey(list, a), elementKey(list, b)]
  return one !== undefined && JSON.stringify(one) === JSON.stringify(other)
}
