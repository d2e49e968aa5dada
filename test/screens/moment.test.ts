// A time that is typed: with an offset, by the local clocks, in the hour that is left out and in the one that comes twice.
import { describe, expect, test } from 'vitest'
import { parseMoment } from '#model/moment.ts'
import { type Meaning, meaningOf } from '#screens/cockpit/commands.ts'

const berlin = 'Europe/Berlin'
const at = (text: string) => Date.parse(text)

describe('is understood', () => {
  test.each([
    ['2026-03-01T03:12:00Z', berlin, '2026-03-01T03:12:00Z'],
    ['2026-03-01t03:12:00z', berlin, '2026-03-01T03:12:00Z'],
    ['2026-03-01T03:12:30.250Z', berlin, '2026-03-01T03:12:30.250Z'],
    ['2026-03-01T03:12+05:30', berlin, '2026-02-28T21:42:00Z'],
    ['2026-03-01 03:12 -04:00', berlin, '2026-03-01T07:12:00Z'],
    ['2026-03-01T03:12', berlin, '2026-03-01T02:12:00Z'],
    ['2026-07-01 03:12:45', berlin, '2026-07-01T01:12:45Z'],
    ['2026-07-01 03:12', 'Asia/Kolkata', '2026-06-30T21:42:00Z'],
    // A day is the local one, not UTC's.
    ['2026-07-01', berlin, '2026-06-30T22:00:00Z'],
    ['2026-07-01', 'America/New_York', '2026-07-01T04:00:00Z'],
    // Each of the doubled hour's, said with its offset.
    ['2026-10-25T02:30+02:00', berlin, '2026-10-25T00:30:00Z'],
    ['2026-10-25T02:30+01:00', berlin, '2026-10-25T01:30:00Z'],
  ])('%s in %s', (text, zone, expected) => {
    expect(parseMoment(text, zone)).toEqual({ at: at(expected) })
  })
})

describe('says what it takes', () => {
  test.each([
    ['2026-03-29T02:30', berlin, '2026-03-29T01:30:00Z', 'the clocks left 02:30 out: 03:30 is taken'],
    [
      '2026-10-25 02:30',
      berlin,
      '2026-10-25T00:30:00Z',
      '02:30 came twice: the first is taken, the second is 2026-10-25T02:30+01:00',
    ],
    [
      '2026-03-08 02:00',
      'America/New_York',
      '2026-03-08T07:00:00Z',
      'the clocks left 02:00 out: 03:00 is taken',
    ],
    [
      '2026-04-05 01:45',
      'Australia/Lord_Howe',
      '2026-04-04T14:45:00Z',
      '01:45 came twice: the first is taken, the second is 2026-04-05T01:45+10:30',
    ],
    [
      '2026-10-04 02:10',
      'Australia/Lord_Howe',
      '2026-10-03T15:40:00Z',
      'the clocks left 02:10 out: 02:40 is taken',
    ],
  ])('%s in %s', (text, zone, expected, note) => {
    expect(parseMoment(text, zone)).toEqual({ at: at(expected), note })
  })

  test('and what it says can be typed', () => {
    const first = parseMoment('2026-10-25 02:30', berlin)
    const second = 'note' in first ? first.note?.split(' ').at(-1) : undefined
    expect(parseMoment(second ?? '', berlin)).toEqual({ at: at('2026-10-25T01:30:00Z') })
  })
})

test.each([
  '',
  'yesterday',
  '1',
  '2026',
  '2026-02-30',
  '2026-13-01T00:00',
  '2026-03-01T24:00',
  '2026-03-01T03:60',
  '03:12',
])('is none: %j', (text) => {
  expect(parseMoment(text, berlin)).toMatchObject({ why: expect.stringContaining(`${text} is no time`) })
})

test('every day of a hundred and fifty years is that of the calendar', () => {
  for (let at = Date.UTC(1950, 0, 1); at < Date.UTC(2101, 0, 1); at += 86_400_000) {
    const date = new Date(at).toISOString().slice(0, 10)
    expect(parseMoment(`${date}T00:00Z`, undefined), date).toEqual({ at })
  }
  for (const date of ['2100-02-29', '2026-04-31', '2026-13-01', '2026-00-10', '2026-01-00'])
    expect(parseMoment(date, 'UTC'), date).toHaveProperty('why')
  expect(parseMoment('2000-02-29', 'UTC')).toEqual({ at: Date.UTC(2000, 1, 29) })
})

describe(':range', () => {
  const mean = (line: string): Meaning =>
    meaningOf(line, {
      screens: [],
      resources: [],
      contexts: [],
      namespaces: [],
      timeZone: berlin,
      now: at('2026-12-01T00:00:00Z'),
    })
  const hour = 3_600_000

  test('ends at a local time, in one word or two', () => {
    const range = { span: hour, to: at('2026-07-01T01:12:00Z') }
    expect(mean('range 1h 2026-07-01T03:12')).toEqual({ type: 'range', range })
    expect(mean('range 1h 2026-07-01 03:12')).toEqual({ type: 'range', range })
  })
  test('ends in the past', () => {
    expect(mean('range 1h 2027-01-01')).toEqual({
      type: 'unknown',
      why: '2027-01-01 is yet to come: a range ends in the past, or follows now',
    })
  })
  test('tells of a doubled hour', () => {
    expect(mean('range 6h 2026-10-25 02:30')).toMatchObject({
      range: { span: 6 * hour, to: at('2026-10-25T00:30:00Z') },
      note: expect.stringContaining('came twice'),
    })
  })
  test('is real time over a change: 2d are 48 hours', () => {
    expect(mean('range 2d 2026-03-30')).toEqual({
      type: 'range',
      range: { span: 48 * hour, to: at('2026-03-29T22:00:00Z') },
    })
  })
  test('of what is no time says how one is written', () => {
    expect(mean('range 1h 2026-02-30')).toMatchObject({
      type: 'unknown',
      why: expect.stringContaining('2026-03-01T03:12'),
    })
  })
})
