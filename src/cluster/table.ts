// Kinds that we have no decoder for: the server's own Table, with the columns that kubectl would show.

import type { TableColumn, TableRow } from '#model/kube.ts'
import { SourceError } from '#model/reading.ts'
import { aboutAsk, callJson, resourcePath, withQuery } from './api.ts'
import type { ListQuery, Table } from './cluster.ts'
import { type Fields, fields, items, text, textsByName } from './fields.ts'
import type { Transport } from './transport.ts'
import { garbage } from './wire.ts'

const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json'

export async function table(transport: Transport, query: ListQuery, signal: AbortSignal): Promise<Table> {
  const { resource, namespace, labelSelector, fieldSelector, firstPage = 500, page = 500 } = query
  let columns: readonly TableColumn[] = []
  let rows: TableRow[] = []
  let token: string | undefined
  for (let restarts = 0; ; ) {
    const path = withQuery(resourcePath(resource, namespace), {
      includeObject: 'Metadata',
      limit: token === undefined ? firstPage : page,
      continue: token,
      labelSelector,
      fieldSelector,
    })
    const ask = { method: 'GET', path, headers: { accept } } as const
    let answer: Fields
    try {
      answer = fields(await callJson(transport, ask, signal))
    } catch (error) {
      const expired = error instanceof SourceError && error.reason === 'expired' && token !== undefined
      if (!expired || restarts > 0) throw error
      restarts += 1
      token = undefined
      rows = []
      continue
    }
    const part = readPart(answer, aboutAsk(ask))
    // Later pages may leave the columns out.
    if (part.columns.length > 0) columns = part.columns
    rows.push(...part.rows)
    const metadata = fields(answer.metadata)
    token = text(metadata.continue)
    if (token === undefined) return { columns, rows, resourceVersion: text(metadata.resourceVersion) ?? '' }
  }
}

interface Part {
  readonly columns: readonly TableColumn[]
  readonly rows: readonly TableRow[]
}

/** An API server that cannot make tables (some aggregated ones) sends its list: then the name is the row. */
function readPart(answer: Fields, about: string): Part {
  if (answer.kind === 'Table') {
    const columns = items(answer.columnDefinitions).map(readColumn)
    return { columns, rows: items(answer.rows).map((row) => readRow(fields(row))) }
  }
  if (!Array.isArray(answer.items)) throw garbage(about, JSON.stringify(answer))
  const columns = [{ name: 'Name', type: 'string', priority: 0 }]
  const rows = answer.items.map((object) =>
    readRow({ object, cells: [fields(fields(object).metadata).name] }),
  )
  return { columns, rows }
}

function readColumn(value: unknown): TableColumn {
  const column = fields(value)
  const description = text(column.description)
  return {
    name: text(column.name) ?? '',
    type: text(column.type) ?? 'string',
    priority: typeof column.priority === 'number' ? column.priority : 0,
    ...(description !== undefined && { description }),
  }
}

function readRow(row: Fields): TableRow {
  const metadata = fields(fields(row.object).metadata)
  const namespace = text(metadata.namespace)
  return {
    uid: text(metadata.uid) ?? `${namespace ?? ''}/${text(metadata.name) ?? ''}`,
    ...(namespace !== undefined && { namespace }),
    name: text(metadata.name) ?? '',
    createdAt: Date.parse(text(metadata.creationTimestamp) ?? ''),
    labels: textsByName(metadata.labels),
    cells: items(row.cells).map(readCell),
  }
}

function readCell(value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  return JSON.stringify(value)
}
