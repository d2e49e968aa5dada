// How a query fails: the kinds that Prometheus's HTTP API tells apart.

export type QueryErrorKind = 'bad_data' | 'execution' | 'timeout' | 'canceled'

export class QueryError extends Error {
  readonly kind: QueryErrorKind
  constructor(kind: QueryErrorKind, message: string) {
    super(message)
    this.kind = kind
  }
}

/** Line and column of an offset, both from 1; the column counts bytes, as Go does. */
export function positionOf(text: string, offset: number): string {
  const before = text.slice(0, offset)
  const line = before.split('\n').length
  return `${line}:${Buffer.byteLength(before.slice(before.lastIndexOf('\n') + 1)) + 1}`
}

/** A fault in the query's text at `offset`; worded with line and column, both from 1, as Prometheus does. */
export function parseError(text: string, offset: number, message: string): QueryError {
  return new QueryError('bad_data', `${positionOf(text, offset)}: parse error: ${message}`)
}

export function executionError(message: string): QueryError {
  return new QueryError('execution', message)
}
