// A log line's own time is left out only where it says what is said in front of it.
import { expect, test } from 'vitest'
import { withoutOwnTime } from '#screens/logs/own-time.ts'

const at = Date.parse('2026-11-22T03:12:04.118Z')

test.each([
  ['RFC 3339', '2026-11-22T03:12:04.117Z INFO ready', 'INFO ready'],
  ['with an offset', '2026-11-22T04:12:04+01:00 INFO ready', 'INFO ready'],
  ['an offset without its colon', '2026-11-22T04:12:04+0100 ready', 'ready'],
  ['a blank between, a comma for the milliseconds', '2026-11-22 03:12:03,999 ERROR down', 'ERROR down'],
  ['a local time of no zone', '2026-11-22 08:57:04 [main] up', '[main] up'],
  ['in brackets', '[2026-11-22T03:12:04Z] GET /', 'GET /'],
  ['logfmt', 'ts=2026-11-22T03:12:04.1Z level=warn msg=slow', 'level=warn msg=slow'],
  ['logfmt in quotes', 'time="2026-11-22T03:12:04Z" level=info', 'level=info'],
])('%s', (_, text, rest) => {
  expect(withoutOwnTime(text, at)).toBe(rest)
})

test.each([
  ['another time', '2026-11-22T03:10:00Z job of then'],
  ['another time by a clock of no zone', '2026-11-22 03:10:00 job of then'],
  ['another day', '2026-11-20 03:12:04 replayed'],
  ['a time later in the line', 'level=info ts=2026-11-22T03:12:04Z'],
  ['a day that is none', '2026-99-99T03:12:04Z x'],
  ['nothing but a time', '2026-11-22T03:12:04Z'],
  ['no time', 'ready'],
  ['JSON', '{"time":"2026-11-22T03:12:04Z","msg":"x"}'],
])('%s stays', (_, text) => {
  expect(withoutOwnTime(text, at)).toBe(text)
})
