// Writes Kubernetes' protobuf: messages are data, inside the envelope of runtime.Unknown. Fields that a message does not
// name are left out.
import { PbfWriter } from 'pbf'
import { isFields } from './json.ts'

type Kind = 'string' | 'int' | 'bool' | 'time' | 'strings' | 'quantities' | Message
/** By the JSON name: field number, and what it holds. A list in JSON is a repeated field. */
export interface Message {
  readonly [field: string]: readonly [number, Kind]
}

export const PROTOBUF_TYPE = 'application/vnd.kubernetes.protobuf'

/** `k8s` and a zero byte open every message. */
const MAGIC = Uint8Array.of(0x6b, 0x38, 0x73, 0)

/** runtime.Unknown: TypeMeta, then the message's own bytes. */
export function envelope(kind: string, parts: readonly Uint8Array[]): Uint8Array {
  const type = new PbfWriter()
  type.writeMessage(
    1,
    (_none, writer) => {
      writer.writeStringField(1, 'v1')
      writer.writeStringField(2, kind)
    },
    undefined,
  )
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  return Buffer.concat([MAGIC, type.finish(), lengthPrefix(2, length), ...parts])
}

export function lengthPrefix(tag: number, length: number): Uint8Array {
  const writer = new PbfWriter(new Uint8Array(16))
  writer.writeTag(tag, 2)
  writer.writeVarint(length)
  return Uint8Array.from(writer.finish())
}

export function writeFields(message: Message, value: unknown, writer: PbfWriter): void {
  if (!isFields(value)) return
  for (const [name, [tag, kind]] of Object.entries(message)) {
    const field = value[name]
    if (field === undefined || field === null) continue
    if (Array.isArray(field)) for (const item of field) writeField(tag, kind, item, writer)
    else writeField(tag, kind, field, writer)
  }
}

function writeField(tag: number, kind: Kind, value: unknown, writer: PbfWriter): void {
  if (typeof kind !== 'string') {
    writer.writeMessage(tag, (fields: unknown, inner) => writeFields(kind, fields, inner), value)
  } else WRITERS[kind](tag, value, writer)
}

const WRITERS: Readonly<
  Record<Exclude<Kind, Message>, (tag: number, value: unknown, writer: PbfWriter) => void>
> = {
  string: (tag, value, writer) => writer.writeStringField(tag, String(value)),
  int: (tag, value, writer) => writer.writeVarintField(tag, Number(value)),
  bool: (tag, value, writer) => writer.writeBooleanField(tag, value === true),
  time: (tag, value, writer) => writer.writeMessage(tag, writeTime, String(value)),
  strings: (tag, value, writer) => writeMap(tag, value, writeText, writer),
  quantities: (tag, value, writer) => writeMap(tag, value, writeQuantity, writer),
}

type WriteEntry = (entry: [string, unknown], writer: PbfWriter) => void

function writeMap(tag: number, map: unknown, write: WriteEntry, writer: PbfWriter): void {
  for (const entry of Object.entries(isFields(map) ? map : {})) writer.writeMessage(tag, write, entry)
}

/** meta/v1.Time goes as seconds; the fractions are lost there too. */
function writeTime(text: string, writer: PbfWriter): void {
  writer.writeVarintField(1, Math.floor(Date.parse(text) / 1000))
  writer.writeVarintField(2, 0)
}

function writeText([key, value]: [string, unknown], writer: PbfWriter): void {
  writer.writeStringField(1, key)
  writer.writeStringField(2, String(value))
}

function writeQuantity([key, value]: [string, unknown], writer: PbfWriter): void {
  writer.writeStringField(1, key)
  writer.writeMessage(2, (text: string, inner) => inner.writeStringField(1, text), String(value))
}
