// Takes a list's answer apart without decoding it: the list's own metadata, and the bytes of each item, so that
// items can be decoded a few at a time and a page of megabytes never blocks for longer than a frame.
import { PbfReader } from 'pbf'
import { isEnvelope, unwrap } from './envelope.ts'
import { fields, text } from './fields.ts'
import { garbage } from './wire.ts'

export interface ListParts {
  readonly resourceVersion: string
  readonly continue?: string
  readonly remaining?: number
  /** JSON only: `PodList`; its items leave out their own kind and version. */
  readonly kind?: string
  readonly apiVersion?: string
  readonly items: readonly Uint8Array[]
}

/** A list message: ListMeta = 1, items = 2, in every built-in list kind. */
export function splitProtobuf(bytes: Uint8Array, about: string): ListParts {
  if (!isEnvelope(bytes)) throw garbage(about, Buffer.from(bytes).toString('latin1'))
  const meta = { resourceVersion: '', continue: '', remaining: undefined as number | undefined }
  const items: Uint8Array[] = []
  try {
    const raw = unwrap(bytes)
    const list = new PbfReader(raw)
    list.readFields((tag, _, reader) => {
      if (tag === 1) reader.readMessage(readListMeta, meta)
      else if (tag === 2) items.push(reader.readBytes())
    }, undefined)
    // The reader clips what ends too early; without a version nothing was a list.
    if (list.pos !== raw.length || meta.resourceVersion === '') throw new RangeError('the list is cut')
  } catch (cause) {
    throw garbage(about, 'broken protobuf', cause)
  }
  return {
    resourceVersion: meta.resourceVersion,
    items,
    ...(meta.continue !== '' && { continue: meta.continue }),
    ...(meta.remaining !== undefined && { remaining: meta.remaining }),
  }
}

/** meta/v1 ListMeta: resourceVersion = 2, continue = 3, remainingItemCount = 4. */
function readListMeta(
  tag: number,
  meta: { resourceVersion: string; continue: string; remaining: number | undefined },
  reader: PbfReader,
) {
  if (tag === 2) meta.resourceVersion = reader.readString()
  else if (tag === 3) meta.continue = reader.readString()
  else if (tag === 4) meta.remaining = reader.readVarint()
}

export function splitJson(bytes: Uint8Array, about: string): ListParts {
  const items: Uint8Array[] = []
  const head: Record<string, unknown> = {}
  let found = false
  try {
    for (const [key, from, to] of members(bytes, skipSpace(bytes, 0))) {
      if (key === 'items' && bytes[from] === openArray)
        for (const item of elements(bytes, from)) items.push(item)
      else head[key] = JSON.parse(decode(bytes, from, to))
      found ||= key === 'items'
    }
    if (!found) throw new SyntaxError('a list has items')
  } catch (cause) {
    throw garbage(about, decode(bytes, 0, Math.min(bytes.length, 200)), cause)
  }
  const metadata = fields(head.metadata)
  const resourceVersion = text(metadata.resourceVersion)
  const token = text(metadata.continue)
  const remaining = metadata.remainingItemCount
  const kind = text(head.kind)
  const apiVersion = text(head.apiVersion)
  return {
    resourceVersion: resourceVersion ?? '',
    items,
    ...(token !== undefined && { continue: token }),
    ...(typeof remaining === 'number' && { remaining }),
    ...(kind !== undefined && { kind }),
    ...(apiVersion !== undefined && { apiVersion }),
  }
}

const quote = 0x22
const backslash = 0x5c
const openArray = 0x5b
const closeArray = 0x5d
const openObject = 0x7b
const closeObject = 0x7d
const comma = 0x2c
const colon = 0x3a

/** The members of the object that opens at `at`: key, and where the value begins and ends. */
function* members(bytes: Uint8Array, at: number): Generator<readonly [string, number, number]> {
  let i = skipSpace(bytes, expect(bytes, at, openObject))
  if (bytes[i] === closeObject) return
  for (;;) {
    const keyEnd = skipString(bytes, expect(bytes, i, quote))
    const from = skipSpace(bytes, expect(bytes, skipSpace(bytes, keyEnd), colon))
    const to = skipValue(bytes, from)
    yield [JSON.parse(decode(bytes, i, keyEnd)), from, to]
    i = skipSpace(bytes, to)
    if (bytes[i] === closeObject) return
    i = skipSpace(bytes, expect(bytes, i, comma))
  }
}

function* elements(bytes: Uint8Array, at: number): Generator<Uint8Array> {
  let i = skipSpace(bytes, at + 1)
  if (bytes[i] === closeArray) return
  for (;;) {
    const end = skipValue(bytes, i)
    yield bytes.subarray(i, end)
    i = skipSpace(bytes, end)
    if (bytes[i] === closeArray) return
    i = skipSpace(bytes, expect(bytes, i, comma))
  }
}

/** Past one value of any kind; whether its inside is right is for JSON.parse to say. */
function skipValue(bytes: Uint8Array, at: number): number {
  const first = bytes[at]
  if (first === quote) return skipString(bytes, at + 1)
  if (first !== openObject && first !== openArray) {
    let i = at
    while (i < bytes.length && !isDelimiter(bytes[i] ?? 0)) i += 1
    return i
  }
  let depth = 0
  for (let i = at; i < bytes.length; i += 1) {
    const byte = bytes[i]
    if (byte === quote) i = skipString(bytes, i + 1) - 1
    else if (byte === openObject || byte === openArray) depth += 1
    else if (byte === closeObject || byte === closeArray) {
      depth -= 1
      if (depth === 0) return i + 1
    }
  }
  throw new SyntaxError('the answer ends in the middle of a value')
}

/** From after the opening quote to after the closing one. */
function skipString(bytes: Uint8Array, at: number): number {
  for (let i = at; i < bytes.length; i += 1) {
    const byte = bytes[i]
    if (byte === quote) return i + 1
    if (byte === backslash) i += 1
  }
  throw new SyntaxError('the answer ends in the middle of a string')
}

function skipSpace(bytes: Uint8Array, at: number): number {
  let i = at
  while (bytes[i] === 0x20 || bytes[i] === newline || bytes[i] === 0x0d || bytes[i] === 0x09) i += 1
  return i
}

const newline = 0x0a

function isDelimiter(byte: number): boolean {
  return byte === comma || byte === closeObject || byte === closeArray || byte <= 0x20
}

function expect(bytes: Uint8Array, at: number, byte: number): number {
  if (bytes[at] !== byte) throw new SyntaxError(`expected ${String.fromCharCode(byte)} at ${at}`)
  return at + 1
}

function decode(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8')
}
