// SPDY/3.1 framing, as much of it as kubectl's port-forward speaks inside a websocket: streams with headers, data,
// ends, pings. The frame layouts and the dictionary of header compression are those of the SPDY draft 3.
import { constants, inflateSync } from 'node:zlib'

export const SYN_STREAM = 1
const SYN_REPLY = 2
export const RST_STREAM = 3
export const PING = 6
export const FIN = 1

/** Words that header compression begins with, each behind its length in four bytes. */
const WORDS = (
  'options head post put delete trace accept accept-charset accept-encoding accept-language accept-ranges age ' +
  'allow authorization cache-control connection content-base content-encoding content-language content-length ' +
  'content-location content-md5 content-range content-type date etag expect expires from host if-match ' +
  'if-modified-since if-none-match if-range if-unmodified-since last-modified location max-forwards pragma ' +
  'proxy-authenticate proxy-authorization range referer retry-after server te trailer transfer-encoding upgrade ' +
  'user-agent vary via warning www-authenticate method get status 200_OK version HTTP/1.1 url public set-cookie ' +
  'keep-alive origin'
).split(' ')

/** What follows the words, without lengths. */
const TAIL =
  '100101201202205206300302303304305306307402405406407408409410411412413414415416417502504505' +
  '203 Non-Authoritative Information204 No Content301 Moved Permanently400 Bad Request401 Unauthorized' +
  '403 Forbidden404 Not Found500 Internal Server Error501 Not Implemented503 Service Unavailable' +
  'Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec 00:00:00 Mon, Tue, Wed, Thu, Fri, Sat, Sun, GMT' +
  'chunked,text/html,image/png,image/jpg,image/gif,application/xml,application/xhtml+xml,text/plain,' +
  'text/javascript,publicprivatemax-age=gzip,deflate,sdchcharset=utf-8charset=iso-8859-1,utf-,*,enq=0.'

const uint32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** What compression begins with; its checksum, 0xe3c6a7c2, stands in every stream that was made with it. */
export const DICTIONARY = Buffer.concat([
  ...WORDS.flatMap((word) => {
    const text = Buffer.from(word.replace('_', ' '))
    return [uint32(text.length), text]
  }),
  Buffer.from(TAIL),
])

export interface Frame {
  /** Absent for data. */
  readonly type?: number
  readonly flags: number
  readonly stream: number
  /** Data's bytes, or a control frame's own. */
  readonly payload: Buffer
}

/** Cuts bytes into frames, however they arrive. */
export function frameReader(): (bytes: Buffer) => readonly Frame[] {
  let rest: Buffer = Buffer.alloc(0)
  return (bytes) => {
    rest = Buffer.concat([rest, bytes])
    const frames: Frame[] = []
    while (rest.length >= 8) {
      const size = rest.readUIntBE(5, 3)
      if (rest.length < 8 + size) break
      const payload = rest.subarray(8, 8 + size)
      const control = ((rest[0] ?? 0) & 0x80) !== 0
      const flags = rest[4] ?? 0
      const stream = control ? (size >= 4 ? payload.readUInt32BE(0) & 0x7fffffff : 0) : rest.readUInt32BE(0)
      frames.push({ flags, stream, payload, ...(control && { type: rest.readUInt16BE(2) }) })
      rest = rest.subarray(8 + size)
    }
    return frames
  }
}

/** Reads the headers of SYN_STREAM frames. One compressed stream runs through all of them, so all are kept. */
export function headerReader(): (frame: Frame) => ReadonlyMap<string, string> {
  let compressed: Buffer = Buffer.alloc(0)
  let known = 0
  return ({ payload }) => {
    compressed = Buffer.concat([compressed, payload.subarray(10)])
    const all = inflateSync(compressed, { dictionary: DICTIONARY, finishFlush: constants.Z_SYNC_FLUSH })
    const block = all.subarray(known)
    known = all.length
    const headers = new Map<string, string>()
    let position = 4
    const text = () => {
      const length = block.readUInt32BE(position)
      position += 4 + length
      return block.toString('utf8', position - length, position)
    }
    for (let left = block.readUInt32BE(0); left > 0; left -= 1) headers.set(text().toLowerCase(), text())
    return headers
  }
}

/** A frame of data; with FIN it is the stream's last. */
export function dataFrame(stream: number, bytes: Uint8Array, flags = 0): Buffer {
  return Buffer.concat([uint32(stream), lengthOf(flags, bytes.length), bytes])
}

function controlFrame(type: number, payload: Uint8Array): Buffer {
  const head = Buffer.from([0x80, 3, 0, type])
  return Buffer.concat([head, lengthOf(0, payload.length), payload])
}

export const pingFrame = (payload: Uint8Array) => controlFrame(PING, payload)

/**
 * Writes SYN_REPLY frames without headers. They too are one zlib stream: its head comes with the first frame, and
 * each block of headers (a count of zero, in four bytes) is stored as it is, then flushed by an empty block.
 */
export function replyWriter(): (stream: number) => Buffer {
  let head = Buffer.from([0x78, 0x9c])
  return (stream) => {
    const stored = Buffer.from([0, 4, 0, 0xfb, 0xff, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff])
    const payload = Buffer.concat([uint32(stream), head, stored])
    head = Buffer.alloc(0)
    return controlFrame(SYN_REPLY, payload)
  }
}

function lengthOf(flags: number, length: number): Buffer {
  const bytes = uint32(length)
  bytes[0] = flags
  return bytes
}
