// Which lists of built-in kinds are maps in disguise: merged by a key of their elements, in strategic patches and in
// apply.
import { type Fields, isFields } from './json.ts'

/** By the list's field name; lists that are not here are replaced as a whole. */
export const KEYS: Readonly<Record<string, readonly string[]>> = {
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

/** What a field of a key counts as where an element leaves it out. */
const DEFAULTS: Readonly<Record<string, string>> = { protocol: 'TCP' }

/** The key of one element: what tells it from its neighbours; undefined where it has none. */
export function elementKey(names: readonly string[] | undefined, element: unknown): Fields | undefined {
  if (!names || !isFields(element) || names.every((name) => element[name] === undefined)) return undefined
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = element[name] ?? DEFAULTS[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

/** Whether all elements have a key, so that the list is a map. */
export function isKeyed(names: readonly string[] | undefined, items: readonly unknown[]): boolean {
  return names !== undefined && items.every((item) => elementKey(names, item) !== undefined)
}

export function sameKey(names: readonly string[] | undefined, a: unknown, b: unknown): boolean {
  const [one, other] = [elementKey(names, a), elementKey(names, b)]
  return one !== undefined && JSON.stringify(one) === JSON.stringify(other)
}
