// The body of a refusal as text. The API server writes its Status in the encoding that was asked for, so that a list
// asked for in protobuf is also refused in protobuf: its fields are then given as the JSON they would have been.
import { PbfReader } from 'pbf'
import { isEnvelope, unwrap } from './envelope.ts'

interface Status {
  kind: 'Status'
  message?: string
  details?: { retryAfterSeconds?: number }
}

export function statusBody(bytes: Uint8Array): string {
  if (isEnvelope(bytes)) {
    try {
      const status: Status = { kind: 'Status' }
      new PbfReader(unwrap(bytes)).readFields(readStatus, status)
      return JSON.stringify(status)
    } catch {
      // Broken: then as it came.
    }
  }
  return Buffer.from(bytes).toString('utf8')
}

/** meta/v1 Status: message = 3, details = 5; of StatusDetails: retryAfterSeconds = 5. */
function readStatus(tag: number, status: Status, reader: PbfReader) {
  if (tag === 3) status.message = reader.readString()
  else if (tag === 5) status.details = reader.readMessage(readDetails, {})
}

function readDetails(tag: number, details: { retryAfterSeconds?: number }, reader: PbfReader) {
  if (tag === 5) details.retryAfterSeconds = reader.readVarint()
}
