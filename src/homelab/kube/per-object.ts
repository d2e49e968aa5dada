// What is worked out once for each version of an object (its JSON, its protobuf, its other forms), and let go when
// a newer version takes its place: the store keeps every version that ever was, their texts would be too much.
import type { KubeObject } from '#model/kube.ts'

const caches = new Set<WeakMap<KubeObject, unknown>>()

/** `make`, called once for each object until it is forgotten. */
export function perObject<T>(make: (object: KubeObject) => T): (object: KubeObject) => T {
  const made = new WeakMap<KubeObject, T>()
  caches.add(made)
  return (object) => {
    const known = made.get(object)
    if (known !== undefined) return known
    const fresh = make(object)
    made.set(object, fresh)
    return fresh
  }
}

/** Lets go of all that was made for a version that is no longer served. */
export function forget(object: KubeObject): void {
  for (const made of caches) made.delete(object)
}
