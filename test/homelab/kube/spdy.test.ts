// SPDY framing: bytes in any pieces become frames, compressed headers are read across frames.
import { constants, deflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import {
  DICTIONARY,
  dataFrame,
  FIN,
  type Frame,
  frameReader,
  headerReader,
  pingFrame,
  replyWriter,
} from '#homelab/kube/spdy.ts'

const uint32 = (value: number) => Buffer.from([value >>> 24, value >>> 16, value >>> 8, value])
const field = (text: string) => Buffer.concat([uint32(text.length), Buffer.from(text)])
const block = (headers: Record<string, string>) =>
  Buffer.concat([
    uint32(Object.keys(headers).length),
    ...Object.entries(headers).flatMap(([name, value]) => [field(name), field(value)]),
  ])

it('has the dictionary of the draft', () => {
  const packed = deflateSync('x', { dictionary: DICTIONARY })
  expect(packed.readUInt32BE(2)).toBe(0xe3c6a7c2)
})

it('cuts bytes into frames however they arrive', () => {
  const bytes = Buffer.concat([
    dataFrame(5, Buffer.from('hello')),
    pingFrame(uint32(9)),
    dataFrame(5, uint32(1), FIN),
  ])
  const read = frameReader()
  const frames: Frame[] = []
  for (const byte of bytes) frames.push(...read(Buffer.from([byte])))
  expect(frames).toMatchObject([
    { stream: 5, flags: 0, payload: Buffer.from('hello') },
    { type: 6, stream: 9 },
    { stream: 5, flags: FIN },
  ])
  expect(frameReader()(bytes)).toEqual(frames)
})

it('reads headers of one compressed stream, frame by frame', () => {
  const first = block({ streamtype: 'error', port: '9090', requestID: '0' })
  const second = block({ streamtype: 'data', port: '9090', requestID: '0' })
  const options = { dictionary: DICTIONARY, finishFlush: constants.Z_SYNC_FLUSH }
  const one = deflateSync(first, options)
  const read = headerReader()
  const frame = (bytes: Buffer): Frame => ({
    type: 1,
    flags: 0,
    stream: 1,
    payload: Buffer.concat([Buffer.alloc(10), bytes]),
  })
  expect([...read(frame(one)).values()]).toEqual(['error', '9090', '0'])
  // A second block stored after the first one's flush goes on in the same stream.
  const length = second.length
  const stored = Buffer.concat([
    Buffer.from([0, length & 255, length >> 8, ~length & 255, (~length >> 8) & 255]),
    second,
  ])
  expect(read(frame(stored)).get('requestid')).toBe('0')
  expect(read(frame(stored)).get('streamtype')).toBe('data')
})

it('replies with an empty block, the head of the stream first and only once', () => {
  const reply = replyWriter()
  const [one] = frameReader()(reply(1))
  const [two] = frameReader()(reply(3))
  expect(one).toMatchObject({ type: 2, stream: 1 })
  expect(two).toMatchObject({ type: 2, stream: 3 })
  expect(one?.payload.length).toBe((two?.payload.length ?? 0) + 2)
})
