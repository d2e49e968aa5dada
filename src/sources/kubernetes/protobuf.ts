// The few shapes of Kubernetes' protobuf that all kinds share.
import type { PbfReader } from 'pbf'

/** Reads one nested message field by field; `read` takes the value of the fields it knows, others are skipped. */
export function message(pbf: PbfReader, read: (field: number) => void): void {
  const end = pbf.readVarint() + pbf.pos
  while (pbf.pos < end) {
    const field = pbf.nextField(end)
    if (field === 0) break
    read(field)
  }
  pbf.pos = end
}

/** meta/v1 Time: seconds = 1, nanos = 2. JSON drops the fraction of a second, so we do too. */
export function readTime(pbf: PbfReader): number | undefined {
  let seconds: number | undefined
  message(pbf, (field) => {
    if (field === 1) seconds = pbf.readVarint(true)
  })
  return seconds === undefined ? undefined : seconds * 1000
}

/** One entry of a map<string, string>: key = 1, value = 2. */
export function readEntry(pbf: PbfReader): { key: string; value: string } {
  const entry = { key: '', value: '' }
  message(pbf, (field) => {
    if (field === 1) entry.key = pbf.readString()
    else if (field === 2) entry.value = pbf.readString()
  })
  return entry
}
