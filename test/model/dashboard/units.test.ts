// How values are written. Expectations are what Grafana shows for the same unit id and decimals: units grow by their
// factor, and where a panel names no decimals there are three significant digits, none for whole numbers.
import { expect, test } from 'vitest'
import { unitFormat } from '#model/dashboard/units/units.ts'

const now = Date.UTC(2026, 0, 15, 12, 0, 0)

function shown(unit: string | undefined, value: number, decimals?: number): string {
  const { prefix, text, suffix } = unitFormat(unit)(value, decimals, { now, zone: 'UTC' })
  return prefix + text + suffix
}

test.each<[string | undefined, number, number | undefined, string]>([
  // No unit: three significant digits.
  [undefined, 1.23456, undefined, '1.23'],
  ['none', 0.0123456, undefined, '0.0123'],
  ['none', 123.456, undefined, '123'],
  ['none', 1234, undefined, '1234'],
  ['none', 3, 2, '3.00'],
  ['none', -0.001, 2, '0.00'],
  ['short', 1530, undefined, '1.53 K'],
  ['short', 2_100_000, 1, '2.1 Mil'],
  ['short', 7e9, undefined, '7 Bil'],
  ['short', 0.5, undefined, '0.500'],
  ['string', 12.5, undefined, '12.5'],
  // IEC units grow by 1024, SI units by 1000.
  ['bytes', 1536, undefined, '1.50 KiB'],
  ['bytes', 1024 ** 3, undefined, '1 GiB'],
  ['bytes', 1023, undefined, '1023 B'],
  ['bytes', 0, undefined, '0 B'],
  ['bytes', -2048, undefined, '-2 KiB'],
  ['kbytes', 2048, undefined, '2 MiB'],
  ['mbytes', 512, undefined, '512 MiB'],
  ['decbytes', 1536, undefined, '1.54 kB'],
  ['decmbytes', 1500, undefined, '1.50 GB'],
  ['bits', 2048, undefined, '2 Kib'],
  ['decbits', 1e6, undefined, '1 Mb'],
  ['bps', 1_250_000, undefined, '1.25 Mb/s'],
  ['Bps', 999, undefined, '999 B/s'],
  ['binBps', 1024, undefined, '1 KiB/s'],
  ['pps', 12_300, undefined, '12.3 kp/s'],
  // A fraction goes down through the prefixes.
  ['volt', 0.012, undefined, '12 mV'],
  ['amp', 1500, undefined, '1.50 kA'],
  ['mwatt', 1500, undefined, '1.50 W'],
  ['hertz', 2.4e9, undefined, '2.40 GHz'],
  ['percent', 45.678, undefined, '45.7%'],
  ['percent', 45.678, 0, '46%'],
  ['percentunit', 0.1234, undefined, '12.3%'],
  ['percentunit', 1, undefined, '100%'],
  ['celsius', 41.5, 1, '41.5 °C'],
  ['fahrenheit', 100, undefined, '100 °F'],
  ['rotrpm', 1200, undefined, '1200 rpm'],
  // Counts: the letter belongs to the number.
  ['ops', 1530, undefined, '1.53K ops/s'],
  ['reqps', 12, undefined, '12 req/s'],
  ['rps', 2_000_000, undefined, '2M rd/s'],
  ['wps', 1, undefined, '1 wr/s'],
  ['iops', 0.5, undefined, '0.500 io/s'],
  ['opm', 60, undefined, '60 ops/m'],
  ['cps', 5, undefined, '5 c/s'],
  ['eps', 5, undefined, '5 evt/s'],
  ['mps', 5, undefined, '5 msg/s'],
  // Spans take the unit that fits.
  ['s', 0, undefined, '0 s'],
  ['s', 0.0000005, undefined, '500 ns'],
  ['s', 0.00025, undefined, '250 µs'],
  ['s', 0.25, undefined, '250 ms'],
  ['s', 24, undefined, '24 s'],
  ['s', 246, undefined, '4.10 mins'],
  ['s', 24_567, undefined, '6.82 hours'],
  ['s', 172_800, undefined, '2 days'],
  ['s', 1_209_600, undefined, '2 weeks'],
  ['s', 63_113_800, undefined, '2 years'],
  ['s', -90, undefined, '-1.50 mins'],
  ['ms', 10_000_086.123, 4, '2.7778 hours'],
  ['ms', 1000, undefined, '1 s'],
  ['µs', 1500, undefined, '1.50 ms'],
  ['ns', 2e9, undefined, '2 s'],
  ['m', 90, undefined, '1.50 hours'],
  ['h', 48, undefined, '2 days'],
  ['d', 14, undefined, '2 weeks'],
  // In words: the decimals say how many parts follow the first.
  ['dtdurations', 90_061, undefined, '1 day'],
  ['dtdurations', 90_061, 2, '1 day, 1 hour, 1 minute'],
  ['dtdurations', 0, undefined, '0 seconds'],
  ['dtdurationms', 1500, 1, '1 second, 500 milliseconds'],
  ['dtdurations', -60, undefined, '1 minute ago'],
  ['dthms', 18_189, undefined, '05:03:09'],
  ['dtdhms', 104_589, undefined, '1 d 05:03:09'],
  ['clocks', 18_189, 2, '05h:03m:09s'],
  ['clockms', 1500, undefined, '01s:500ms'],
  ['dateTimeAsIso', Date.UTC(2026, 0, 2, 3, 4, 5), undefined, '2026-01-02 03:04:05'],
  ['dateTimeAsIsoNoDateIfToday', Date.UTC(2026, 0, 15, 3, 4, 5), undefined, '03:04:05'],
  ['dateTimeAsUS', Date.UTC(2026, 0, 2, 15, 4, 5), undefined, '01/02/2026 3:04:05 pm'],
  ['dateTimeFromNow', now - 3 * 3_600_000, undefined, '3 hours ago'],
  ['dateTimeFromNow', now + 2 * 86_400_000, undefined, 'in 2 days'],
  ['dateTimeFromNow', now - 10_000, undefined, 'a few seconds ago'],
  ['dateTimeFromNow', now - 60_000, undefined, 'a minute ago'],
  ['dateTimeFromNow', Number.POSITIVE_INFINITY, undefined, '+Inf'],
  ['currencyUSD', 1530, undefined, '$1.53K'],
  ['currencyEUR', -5, undefined, '-€5'],
  ['currencySEK', 5, undefined, '5 kr'],
  ['currency:Ft', 5, undefined, 'Ft5'],
  ['bool', 1, undefined, 'True'],
  ['bool', 0, undefined, 'False'],
  ['bool_yes_no', 2, undefined, 'Yes'],
  ['bool_on_off', 0, undefined, 'Off'],
  ['bool:up/down', 0, undefined, 'down'],
  ['sci', 12_345, 2, '1.23e+4'],
  ['hex', 255, undefined, 'FF'],
  ['hex0x', 255, undefined, '0xFF'],
  ['suffix:pods', 3, undefined, '3 pods'],
  ['prefix:v', 3, undefined, 'v3'],
  ['si:mF', 1500, undefined, '1.50 F'],
  ['count:jobs', 1500, undefined, '1.50K jobs'],
  // Unknown: written behind the number, as Grafana does.
  ['miu', 12, undefined, '12 miu'],
  ['constructor', 12, undefined, '12 constructor'],
  // What is no finite number is written in Prometheus's words.
  ['bytes', Number.NaN, undefined, 'NaN'],
  ['s', Number.POSITIVE_INFINITY, undefined, '+Inf'],
  ['short', Number.NEGATIVE_INFINITY, undefined, '-Inf'],
])('unit %s: %d with %s decimals is %j', (unit, value, decimals, text) => {
  expect(shown(unit, value, decimals)).toBe(text)
})

test.each([
  ['Europe/Berlin', '2026-03-29T00:59:59Z', '2026-03-29 01:59:59'],
  ['Europe/Berlin', '2026-03-29T01:00:00Z', '2026-03-29 03:00:00'],
  ['Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-25 02:30:00'],
  ['Europe/Berlin', '2026-10-25T01:30:00Z', '2026-10-25 02:30:00'],
  ['America/New_York', '2026-03-08T07:00:00Z', '2026-03-08 03:00:00'],
  ['Australia/Lord_Howe', '2026-10-03T15:30:00Z', '2026-10-04 02:30:00'],
  ['Asia/Kolkata', '2026-03-28T18:30:00Z', '2026-03-29 00:00:00'],
])('a date is what the clocks of %s showed at %s', (zone, at, text) => {
  expect(unitFormat('dateTimeAsIso')(Date.parse(at), undefined, { now, zone }).text).toBe(text)
})

test('a date is written in the zone that is asked for', () => {
  const at = Date.UTC(2026, 6, 1, 22, 30, 0)
  expect(unitFormat('dateTimeAsIso')(at, undefined, { now, zone: 'Europe/Berlin' }).text).toBe(
    '2026-07-02 00:30:00',
  )
})
