// Moments that have passed: a time alone is today's, in the zone that is given.
import { expect, test } from 'vitest'
import { datedLabel } from '#ui/charts/axis.ts'

test.each([
  ['now', 'UTC', '2026-11-22T09:12:00Z', '2026-11-22T09:11:58Z', '09:11:58'],
  ['today, some hours ago', 'UTC', '2026-11-22T09:12:00Z', '2026-11-22T03:12:00Z', '03:12'],
  ['yesterday, a day ago', 'UTC', '2026-11-22T09:12:00Z', '2026-11-21T07:00:00Z', '21 Nov 07:00'],
  ['yesterday, minutes ago', 'UTC', '2026-11-22T00:10:00Z', '2026-11-21T23:55:00Z', '21 Nov 23:55'],
  ['today for the zone', 'Europe/Berlin', '2026-11-22T00:10:00Z', '2026-11-21T23:55:00Z', '00:55:00'],
  [
    'yesterday for the zone',
    'America/New_York',
    '2026-11-22T05:10:00Z',
    '2026-11-22T04:55:00Z',
    '21 Nov 23:55',
  ],
  ['a year ago', 'UTC', '2026-11-22T09:12:00Z', '2025-11-22T09:12:00Z', '22 Nov 09:12'],
  [
    'the first of an hour that came twice',
    'Europe/Berlin',
    '2026-10-26T09:00:00Z',
    '2026-10-25T00:30:00Z',
    '25 Oct 02:30 +02:00',
  ],
  ['later than now', 'UTC', '2026-11-22T23:59:50Z', '2026-11-23T00:00:10Z', '23 Nov 00:00'],
])('%s', (_, zone, now, at, expected) => {
  expect(datedLabel(Date.parse(at), Date.parse(now), zone)).toBe(expected)
})
