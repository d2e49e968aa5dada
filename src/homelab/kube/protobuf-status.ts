// The Status of a refusal in protobuf (meta/v1 generated.proto): the API server answers in the encoding it was asked in.
import { PbfWriter } from 'pbf'
import type { Status } from './errors.ts'
import { envelope, type Message, writeFields } from './protobuf-writer.ts'

const STATUS: Message = {
  metadata: [1, {}],
  status: [2, 'string'],
  message: [3, 'string'],
  reason: [4, 'string'],
  details: [
    5,
    {
      name: [1, 'string'],
      group: [2, 'string'],
      kind: [3, 'string'],
      causes: [4, { reason: [1, 'string'], message: [2, 'string'], field: [3, 'string'] }],
      retryAfterSeconds: [5, 'int'],
      uid: [6, 'string'],
    },
  ],
  code: [6, 'int'],
}

export function statusEnvelope(status: Status): Uint8Array {
  const writer = new PbfWriter()
  writeFields(STATUS, status, writer)
  return envelope('Status', [Uint8Array.from(writer.finish())])
}
