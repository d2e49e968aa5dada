// The time that a log line begins with, where it says once more what is known of it: when the kubelet got the line.

// ISO 8601 as programs write it, in brackets or behind the name that logfmt gives it: `ts=`, `time="…"`.
const leading =
  /^(?:(?:ts|time|timestamp|t)=)?["[]?(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,]\d{1,9})?(Z|[+-]\d\d:?\d\d)?["\]]?[ \t]+/
/** A program's clock against the kubelet's, and what lies in a buffer: milliseconds. */
const apart = 2000
/** The clocks of all zones are whole quarters of an hour off UTC, and less than fifteen hours. */
const quarter = 15 * 60_000
const farthest = 15 * 3_600_000

/** The text without the time it begins with, where that is `at` (milliseconds) by some zone's clock; else the whole. */
export function withoutOwnTime(text: string, at: number): string {
  const found = leading.exec(text)
  if (found === null) return text
  const [whole, day, time, zone] = found
  const said = Date.parse(
    `${day}T${time}${zone === undefined ? 'Z' : zone.replace(/(\d\d):?(\d\d)$/, '$1:$2')}`,
  )
  const off = Math.abs(said - at)
  const same =
    zone === undefined && off < farthest ? Math.abs(off - Math.round(off / quarter) * quarter) : off
  return same <= apart ? text.slice(whole.length) : text
}
