// Samples into a real Prometheus: the remote-write protocol, version 1, as far as a test needs it.
// https://prometheus.io/docs/specs/prw/remote_write_spec/
import type { MemorySeries } from '../memory-storage.ts'

/** The NaN that marks a series as gone. */
const staleBits = 0x7ff0000000000002n

/** Protobuf and snappy both write lengths so. */
function varint(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  while (rest >= 128) {
    bytes.push((rest % 128) + 128)
    rest = Math.floor(rest / 128)
  }
  return [...bytes, rest]
}

/** A length-delimited protobuf field. */
function field(number: number, body: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([number * 8 + 2, ...varint(body.length)]), body])
}

function sample(value: number, at: number, stale: boolean): Buffer {
  const double = Buffer.alloc(9, 1 * 8 + 1)
  if (stale) double.writeBigUInt64LE(staleBits, 1)
  else double.writeDoubleLE(value, 1)
  return Buffer.concat([double, Buffer.from([2 * 8, ...varint(at)])])
}

function timeSeries(series: MemorySeries): Buffer {
  const labels = Object.entries(series.labels)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) =>
      field(1, Buffer.concat([field(1, Buffer.from(name)), field(2, Buffer.from(value))])),
    )
  const samples = series.times.map((at, index) =>
    field(2, sample(series.values[index] ?? 0, at, series.stale?.has(index) ?? false)),
  )
  return field(1, Buffer.concat([...labels, ...samples]))
}

/** Snappy's block format with nothing compressed: literals of up to 64 KiB. */
function snappy(body: Buffer<ArrayBuffer>): Buffer<ArrayBuffer> {
  const parts = [Buffer.from(varint(body.length))]
  for (let at = 0; at < body.length; at += 65_536) {
    const chunk = body.subarray(at, at + 65_536)
    const head = Buffer.alloc(3, 61 << 2)
    head.writeUInt16LE(chunk.length - 1, 1)
    parts.push(head, chunk)
  }
  return Buffer.concat(parts)
}

/** How many series go in one request: a server takes no more than 32 MiB at once. */
const seriesAtOnce = 500

export async function remoteWrite(url: string, all: readonly MemorySeries[]): Promise<void> {
  for (let at = 0; at < all.length; at += seriesAtOnce) {
    const response = await fetch(`${url}/api/v1/write`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-protobuf',
        'content-encoding': 'snappy',
        'x-prometheus-remote-write-version': '0.1.0',
      },
      body: snappy(Buffer.concat(all.slice(at, at + seriesAtOnce).map(timeSeries))),
    })
    if (!response.ok) throw new Error(`remote write: ${response.status} ${await response.text()}`)
  }
}
