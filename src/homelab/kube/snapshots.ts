// Pages of one list are pages of one moment: the objects of the first page's revision are kept for the pages after it.
import type { ObjectStore } from '#homelab/store.ts'
import type { KubeObject, Resource } from '#model/kube.ts'
import { badRequest } from './errors.ts'

const KEPT = 32

/** Where a list goes on: the revision it is of, and the key of the last object sent. */
export interface Continue {
  readonly revision: number
  readonly after: string
}

export interface Snapshots {
  keep(id: string, revision: number, objects: readonly KubeObject[]): void
  /** The objects of that moment; undefined once they are compacted away or long forgotten. */
  recall(id: string, resource: Resource, revision: number): readonly KubeObject[] | undefined
}

export function createSnapshots(store: ObjectStore): Snapshots {
  const kept = new Map<string, readonly KubeObject[]>()
  return {
    keep(id, revision, objects) {
      const key = `${id}@${revision}`
      kept.delete(key)
      kept.set(key, objects)
      const oldest = kept.keys().next()
      if (kept.size > KEPT && !oldest.done) kept.delete(oldest.value)
    },
    recall(id, resource, revision) {
      const found = kept.get(`${id}@${revision}`)
      return store.changesSince(resource, revision) === 'expired' ? undefined : found
    },
  }
}

export function encodeContinue(token: Continue): string {
  const json = JSON.stringify({ v: 'meta.k8s.io/v1', rv: token.revision, start: `${token.after}\u0000` })
  return Buffer.from(json).toString('base64url')
}

/** Goes on with what there is now, whatever has changed since the first page. */
export const INCONSISTENT = -1

export function decodeContinue(text: string): Continue {
  let token: { readonly v?: unknown; readonly rv?: unknown; readonly start?: unknown }
  try {
    token = JSON.parse(Buffer.from(text, 'base64url').toString())
  } catch (error) {
    const why = error instanceof Error ? error.message : ''
    throw badRequest(`invalid continue token: continue key is not valid: ${why}`)
  }
  const { v, rv, start } = token
  if (v !== 'meta.k8s.io/v1' || typeof rv !== 'number' || typeof start !== 'string') {
    const why = `server does not recognize this encoded version "${String(v ?? '')}"`
    throw badRequest(`invalid continue token: continue key is not valid: ${why}`)
  }
  return { revision: rv, after: start.slice(0, -1) }
}
