import { describe, expect, test } from 'vitest'
import { isDoubled, momentAt, momentsAt, offsetText, zoneOffset } from '#model/time-zone.ts'

const utc = (text: string) => Date.parse(`${text}Z`)
const iso = (at: number) => new Date(at).toISOString().slice(0, 16)

describe('the moments at which the clocks show a time', () => {
  test.each([
    ['UTC', '2026-03-29T02:30', ['2026-03-29T02:30']],
    ['Asia/Kolkata', '2026-03-29T02:30', ['2026-03-28T21:00']],
    ['Asia/Kathmandu', '2026-03-29T02:30', ['2026-03-28T20:45']],
    // 02:00 becomes 03:00.
    ['Europe/Berlin', '2026-03-29T01:59', ['2026-03-29T00:59']],
    ['Europe/Berlin', '2026-03-29T02:00', []],
    ['Europe/Berlin', '2026-03-29T02:59', []],
    ['Europe/Berlin', '2026-03-29T03:00', ['2026-03-29T01:00']],
    // 03:00 becomes 02:00.
    ['Europe/Berlin', '2026-10-25T01:59', ['2026-10-24T23:59']],
    ['Europe/Berlin', '2026-10-25T02:00', ['2026-10-25T00:00', '2026-10-25T01:00']],
    ['Europe/Berlin', '2026-10-25T02:59', ['2026-10-25T00:59', '2026-10-25T01:59']],
    ['Europe/Berlin', '2026-10-25T03:00', ['2026-10-25T02:00']],
    ['America/New_York', '2026-03-08T02:30', []],
    ['America/New_York', '2026-03-08T03:00', ['2026-03-08T07:00']],
    ['America/New_York', '2026-11-01T01:30', ['2026-11-01T05:30', '2026-11-01T06:30']],
    ['America/New_York', '2026-11-01T02:00', ['2026-11-01T07:00']],
    // Half an hour only: 02:00 becomes 01:30, and in October 02:00 becomes 02:30.
    ['Australia/Lord_Howe', '2026-04-05T01:29', ['2026-04-04T14:29']],
    ['Australia/Lord_Howe', '2026-04-05T01:30', ['2026-04-04T14:30', '2026-04-04T15:00']],
    ['Australia/Lord_Howe', '2026-04-05T02:00', ['2026-04-04T15:30']],
    ['Australia/Lord_Howe', '2026-10-04T02:15', []],
    ['Australia/Lord_Howe', '2026-10-04T02:30', ['2026-10-03T15:30']],
  ])('%s, %s', (zone, local, expected) => {
    expect(momentsAt(utc(local), zone).map(iso)).toEqual(expected)
    for (const at of momentsAt(utc(local), zone)) {
      expect(iso(at + zoneOffset(at, zone))).toBe(local)
      expect(isDoubled(at, zone)).toBe(expected.length === 2)
    }
  })
})

test.each([
  ['Europe/Berlin', '2026-03-29T02:30', '2026-03-29T01:30', '03:30'],
  ['Europe/Berlin', '2026-10-25T02:30', '2026-10-25T00:30', '02:30'],
  ['Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:45', '02:45'],
  // Midnight itself is left out: the day begins at one.
  ['America/Asuncion', '2023-10-01T00:00', '2023-10-01T04:00', '01:00'],
])('one of them in %s for %s', (zone, local, expected, shown) => {
  const at = momentAt(utc(local), zone)
  expect(iso(at)).toBe(expected)
  expect(iso(at + zoneOffset(at, zone)).slice(11)).toBe(shown)
})

test.each([
  ['UTC', '+00:00'],
  ['Asia/Kolkata', '+05:30'],
  ['America/New_York', '-04:00'],
  ['America/St_Johns', '-02:30'],
])('how far %s is from UTC', (zone, expected) => {
  expect(offsetText(utc('2026-07-01T12:00'), zone)).toBe(expected)
})
