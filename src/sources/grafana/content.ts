// The JSON of a dashboard out of the object that holds it: as it is, or packed.
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { SourceError } from '#model/reading.ts'

const unpack = promisify(gunzip)

/** A few kilobytes can unpack to gigabytes; no dashboard that is read is longer than this. */
const mostBytes = 8_000_000

/** Gzip in base64, as in `spec.gzipJson` and in the operator's copy. */
export async function unpacked(packed: string): Promise<string> {
  try {
    const bytes = await unpack(Buffer.from(packed, 'base64'), { maxOutputLength: mostBytes })
    return bytes.toString('utf8')
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    throw new SourceError({ reason: 'garbage', detail: `the packed dashboard cannot be read: ${said}` })
  }
}
