// What every Kubernetes protobuf is wrapped in (k8s.io/apimachinery/pkg/runtime/serializer/protobuf): four bytes, then
// runtime.Unknown, whose field 2 is the message itself.
import { PbfReader } from 'pbf'

/** `k8s` and a zero byte. */
const magic = [0x6b, 0x38, 0x73, 0x00]

export function isEnvelope(bytes: Uint8Array): boolean {
  return magic.every((byte, index) => bytes[index] === byte)
}

/** The message's own bytes; empty where there are none. Throws where the envelope is broken. */
export function unwrap(envelope: Uint8Array): Uint8Array {
  let message: Uint8Array = new Uint8Array()
  new PbfReader(envelope.subarray(magic.length)).readFields((tag, _, reader) => {
    if (tag === 2) message = reader.readBytes()
  }, undefined)
  return message
}
