// merge: frames become one table, and rows that say nothing contrary become one row; concatenate: just side by side.
import type { DataFrame, Field, Value } from '#model/dashboard/field.ts'
import { nameOf, rowsOf } from '#model/dashboard/frame.ts'
import type { Transform } from './transform.ts'

type Row = Map<string, Value>

export const merge: Transform = (frames) => {
  const [first, second] = frames
  if (first === undefined || second === undefined) return frames
  const columns = new Map<string, Field>()
  for (const frame of frames)
    for (const field of frame.fields) if (!columns.has(nameOf(field))) columns.set(nameOf(field), field)
  const shared = [...columns.keys()].filter((name) =>
    frames.every((frame) => frame.fields.some((field) => nameOf(field) === name)),
  )
  const rows = mergedRows(frames, shared)
  const fields = [...columns].map(([name, field]) => ({ ...field, values: rows.map((row) => row.get(name)) }))
  return [{ refId: first.refId, fields, length: rows.length }]
}

/** A row joins the next one with the same values in what all frames share, where none of its own cells is taken. */
function mergedRows(frames: readonly DataFrame[], shared: readonly string[]): readonly Row[] {
  const rows: Row[] = []
  const byKey = new Map<string, Row[]>()
  for (const frame of frames) {
    // Rows of one frame never join each other, nor twice the same one: each looks on from where the last one joined.
    const cursors = new Map<string, number>()
    const fresh: (readonly [string, Row])[] = []
    for (const index of rowsOf(frame)) {
      const row: Row = new Map(frame.fields.map((field) => [nameOf(field), field.values[index]]))
      const key = JSON.stringify(shared.map((name) => row.get(name) ?? null))
      const hosts = byKey.get(key) ?? []
      let at = cursors.get(key) ?? 0
      while (at < hosts.length && !agrees(hosts[at], row)) at++
      cursors.set(key, at + 1)
      const host = hosts[at]
      if (host) for (const [name, value] of row) host.set(name, value)
      else fresh.push([key, row])
    }
    for (const [key, row] of fresh) {
      rows.push(row)
      const hosts = byKey.get(key)
      if (hosts) hosts.push(row)
      else byKey.set(key, [row])
    }
  }
  return rows
}

function agrees(host: Row | undefined, row: Row): boolean {
  return host !== undefined && [...row].every(([name, value]) => !host.has(name) || host.get(name) === value)
}

export const concatenate: Transform = (frames) => {
  const [first, second] = frames
  if (first === undefined || second === undefined) return frames
  const length = Math.max(...frames.map((frame) => frame.length))
  const padded = (field: Field): Field => ({
    ...field,
    values: Array.from({ length }, (_, row) => field.values[row]),
  })
  return [{ refId: first.refId, fields: frames.flatMap((frame) => frame.fields.map(padded)), length }]
}
