// Answers that are not what they should be, and remote text in a message.
import { SourceError } from '#model/reading.ts'

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
