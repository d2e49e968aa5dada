// What the server's own columns tell of whether a row is well: its Ready, else its Status or Phase.
import type { TableColumn, TableRow } from '#model/kube.ts'
import type { Lead, LeadGlyph } from '#ui/table-lead.ts'

type Judge = (text: string) => LeadGlyph | undefined

const bad: LeadGlyph = { glyph: 'bad', role: 'bad' }
const warn: LeadGlyph = { glyph: 'warn', role: 'warn' }
const unknown: LeadGlyph = { glyph: 'unknown', role: 'dim' }

/** `True`/`False` of a condition, or `1/2` of replicas. */
const ready: Judge = (text) => {
  if (text === 'False') return bad
  if (text === 'Unknown' || text === '') return unknown
  const [, some, all] = /^(\d+)\/(\d+)$/.exec(text) ?? []
  return some !== undefined && Number(some) < Number(all) ? warn : undefined
}

const status: Judge = (text) => {
  if (/fail|error|lost|invalid|backoff|notready|degraded|faulted/i.test(text)) return bad
  return /pending|terminating|unknown|released/i.test(text) ? warn : undefined
}

const judges: readonly (readonly [string, Judge])[] = [
  ['Ready', ready],
  ['Status', status],
  ['Phase', status],
]

/** Undefined where no column tells. */
export function kindLead(columns: readonly TableColumn[]): Lead<TableRow> | undefined {
  // Beside a Ready column Status is often a sentence, in which any word may stand.
  for (const [name, judge] of judges) {
    const index = columns.findIndex((column) => column.name === name)
    if (index >= 0) return (row) => judge(String(row.cells[index] ?? ''))
  }
  return undefined
}
