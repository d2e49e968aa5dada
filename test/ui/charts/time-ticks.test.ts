// The ticks of a time axis over a change of the clocks: round by the local clocks on both sides of it.
import { describe, expect, test } from 'vitest'
import { zoneOffset } from '#model/time-zone.ts'
import { momentLabel, timeTicks } from '#ui/charts/axis.ts'

const at = (text: string) => Date.parse(`${text}Z`)
const hour = 3_600_000
const day = 24 * hour

/** `UTC's hour=label` of each. */
const ticks = (zone: string, from: string, to: string, most: number) =>
  timeTicks(at(from), at(to), most, zone).map(
    (tick) => `${new Date(tick.at).toISOString().slice(8, 16)}=${tick.label}`,
  )

test('where a day begins its name stands, and not its hour', () => {
  expect(ticks('UTC', '2026-11-21T09:00', '2026-11-23T03:00', 8)).toEqual([
    '21T12:00=12:00',
    '21T18:00=18:00',
    '22T00:00=22 Nov',
    '22T06:00=06:00',
    '22T12:00=12:00',
    '22T18:00=18:00',
    '23T00:00=23 Nov',
  ])
})

describe('an hour that is left out has no tick', () => {
  test.each([
    [
      'Europe/Berlin',
      ['2026-03-28T23:00', '2026-03-29T03:00', 6],
      ['28T23:00=29 Mar', '29T00:00=01:00', '29T01:00=03:00', '29T02:00=04:00', '29T03:00=05:00'],
    ],
    [
      'America/New_York',
      ['2026-03-08T05:00', '2026-03-08T09:00', 6],
      ['08T05:00=8 Mar', '08T06:00=01:00', '08T07:00=03:00', '08T08:00=04:00', '08T09:00=05:00'],
    ],
    // Half an hour: 02:00 and 02:15 are not there.
    [
      'Australia/Lord_Howe',
      ['2026-10-03T15:00', '2026-10-03T16:00', 4],
      ['03T15:00=01:30', '03T15:15=01:45', '03T15:30=02:30', '03T15:45=02:45', '03T16:00=03:00'],
    ],
    // Six hours apart by the clocks, five in truth.
    [
      'Europe/Berlin',
      ['2026-03-28T12:00', '2026-03-29T12:00', 5],
      ['28T17:00=18:00', '28T23:00=29 Mar', '29T04:00=06:00', '29T10:00=12:00'],
    ],
  ] as const)('%s', (zone, [from, to, most], expected) => {
    expect(ticks(zone, from, to, most)).toEqual(expected)
  })
})

describe('an hour that comes twice has two ticks, as far as they are that near', () => {
  test.each([
    [
      'Europe/Berlin',
      ['2026-10-24T23:00', '2026-10-25T03:00', 6],
      ['24T23:00=01:00', '25T00:00=02:00', '25T01:00=02:00', '25T02:00=03:00', '25T03:00=04:00'],
    ],
    [
      'Europe/Berlin',
      ['2026-10-25T00:30', '2026-10-25T01:30', 4],
      ['25T00:30=02:30', '25T00:45=02:45', '25T01:00=02:00', '25T01:15=02:15', '25T01:30=02:30'],
    ],
    [
      'America/New_York',
      ['2026-11-01T04:00', '2026-11-01T08:00', 6],
      ['01T04:00=1 Nov', '01T05:00=01:00', '01T06:00=01:00', '01T07:00=02:00', '01T08:00=03:00'],
    ],
    [
      'Australia/Lord_Howe',
      ['2026-04-04T14:00', '2026-04-04T16:00', 4],
      ['04T14:00=01:00', '04T14:30=01:30', '04T15:00=01:30', '04T15:30=02:00', '04T16:00=02:30'],
    ],
    // Every two hours: the second 02:00 is no further tick.
    [
      'Europe/Berlin',
      ['2026-10-24T20:00', '2026-10-25T06:00', 5],
      ['24T20:00=22:00', '24T22:00=25 Oct', '25T00:00=02:00', '25T03:00=04:00', '25T05:00=06:00'],
    ],
  ] as const)('%s', (zone, [from, to, most], expected) => {
    expect(ticks(zone, from, to, most)).toEqual(expected)
  })
})

describe('days begin at the local midnight on both sides', () => {
  test.each([
    [
      'Europe/Berlin',
      ['2026-03-27T12:00', '2026-03-31T12:00', 4],
      ['27T23:00=28 Mar', '28T23:00=29 Mar', '29T22:00=30 Mar', '30T22:00=31 Mar'],
    ],
    [
      'Europe/Berlin',
      ['2026-10-23T12:00', '2026-10-27T12:00', 4],
      ['23T22:00=24 Oct', '24T22:00=25 Oct', '25T23:00=26 Oct', '26T23:00=27 Oct'],
    ],
    [
      'Asia/Kolkata',
      ['2026-03-27T12:00', '2026-03-30T12:00', 3],
      ['27T18:30=28 Mar', '28T18:30=29 Mar', '29T18:30=30 Mar'],
    ],
    // The day whose midnight is left out begins at one.
    [
      'America/Asuncion',
      ['2023-09-29T12:00', '2023-10-02T12:00', 3],
      ['30T04:00=30 Sept', '01T04:00=1 Oct', '02T03:00=2 Oct'],
    ],
  ] as const)('%s', (zone, [from, to, most], expected) => {
    expect(ticks(zone, from, to, most)).toEqual(expected)
  })
})

test('whatever the range and the zone, ticks are in it, in order, round and not too many', () => {
  const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia']
  const changes = ['2026-03-29T01:00', '2026-10-25T01:00', '2026-04-04T15:00', '2026-11-01T06:00'].map(at)
  for (const zone of zones)
    for (const change of changes)
      for (const span of [hour, 6 * hour, day, 2 * day, 7 * day, 14 * day])
        for (const share of [0.1, 0.5, 0.9]) {
          const from = change - span * share
          const found = timeTicks(from, from + span, 8, zone)
          expect(found.length).toBeGreaterThan(2)
          expect(found.length).toBeLessThanOrEqual(9)
          for (const [index, tick] of found.entries()) {
            expect(tick.at).toBeGreaterThanOrEqual(from)
            expect(tick.at).toBeLessThanOrEqual(from + span)
            expect(tick.at).toBeGreaterThan(found[index - 1]?.at ?? 0)
            const local = tick.at + zoneOffset(tick.at, zone)
            expect(local % (span >= 7 * day ? day : 5 * 60_000)).toBe(0)
          }
        }
})

test.each([
  ['2026-10-25T00:30', hour, '02:30:00 +02:00'],
  ['2026-10-25T01:30', hour, '02:30:00 +01:00'],
  ['2026-10-25T01:30', 12 * hour, '02:30 +01:00'],
  ['2026-10-25T01:30', 2 * day, '25 Oct 02:30 +01:00'],
  ['2026-10-25T02:30', hour, '03:30:00'],
  ['2026-03-29T01:00', hour, '03:00:00'],
])('the moment %s says which of two it is', (text, span, expected) => {
  expect(momentLabel(at(text), span, 'Europe/Berlin')).toBe(expected)
})
