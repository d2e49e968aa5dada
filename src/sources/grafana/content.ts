// The JSON of a dashboard that is packed: gzip in base64, as in `spec.gzipJson` and in the operator's copy.
import { gunzipSync } from 'node:zlib'
import { SourceError } from '#model/reading.ts'

/** A few kilobytes can unpack to gigabytes; no dashboard that is read is longer than this. */
const mostBytes = 8_000_000

/** A dashboard unpacks in a millisecond or two, so nobody need wait for it. */
export function unpacked(packed: string): string {
  try {
    return gunzipSync(Buffer.from(packed, 'base64'), { maxOutputLength: mostBytes }).toString('utf8')
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    throw new SourceError({ reason: 'garbage', detail: `the packed dashboard cannot be read: ${said}` })
  }
}
