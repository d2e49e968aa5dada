// Narrowing of what comes over the wire or out of a file: nothing is believed before it was looked at.
import { SourceError } from '#model/reading.ts'

export type Fields = Readonly<Record<string, unknown>>

const none: Fields = {}

/** The value as an object; anything else is an empty one. */
export function fields(value: unknown): Fields {
  return isFields(value) ? value : none
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** A non-empty string, or undefined. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function texts(value: unknown): readonly string[] {
  return items(value).filter((one) => typeof one === 'string')
}

/** Parses an answer; `about` names it in the error: `GET /version`. */
export function parseJson(body: string, about: string): unknown {
  try {
    return JSON.parse(body)
  } catch (cause) {
    throw garbage(about, body, cause)
  }
}

export function garbage(about: string, body: string, cause?: unknown): SourceError {
  const start = oneLine(body, 60)
  return new SourceError(
    { reason: 'garbage', detail: `the answer to ${about} is not what it should be: ${start || 'empty'}` },
    { cause },
  )
}

/** Remote text as one line of at most `limit` characters, without control characters. */
export function oneLine(value: string, limit = 300): string {
  const line = value
    .slice(0, limit * 4)
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/[\p{Cf}\p{Cs}]/gu, '')
    .trim()
  return line.length > limit ? `${line.slice(0, limit - 1)}…` : line
}
