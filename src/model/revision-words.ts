// What a Flux object applied last, in words: from which revision to which, and that it failed where it did.
import type { FluxRow } from './kube.ts'

type Applied = Pick<FluxRow, 'revision' | 'changedFrom' | 'changeFailed'>

/** `77bc01d → 9f3c2e1`, `0.11.2 → 0.12.0 failed`; `applied` where no revision is known. */
export function revisionWords(row: Applied): string {
  const to = row.revision === undefined ? undefined : shortRevision(row.revision)
  const from = row.changedFrom === undefined ? undefined : shortRevision(row.changedFrom)
  const now = revisionNow(row)
  return to === undefined || from === undefined || from === to ? now : `${from} → ${now}`
}

/** The same without what was there before: `0.12.0 failed`. */
export function revisionNow({ revision, changeFailed }: Applied): string {
  const to = revision === undefined ? undefined : shortRevision(revision)
  if (changeFailed) return to === undefined ? 'failed' : `${to} failed`
  return to ?? 'applied'
}

/** `main@sha1:9f3c2e1a…` is `9f3c2e1`; a version stays, also before a digest. */
export function shortRevision(revision: string): string {
  const version = /^(v?\d+\.[^@]+)@/.exec(revision)?.[1]
  if (version !== undefined) return version
  const named = /(?:sha1|sha256):([0-9a-f]{7})[0-9a-f]*$/.exec(revision)?.[1]
  const bare = /(?:^|[:@/])([0-9a-f]{7})[0-9a-f]{33,}$/.exec(revision)?.[1]
  return named ?? bare ?? revision
}
