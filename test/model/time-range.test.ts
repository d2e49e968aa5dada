// Ranges are real time: over a change of the clocks a day is 24 hours all the same, as Grafana and Prometheus have it.
import { describe, expect, test } from 'vitest'
import { panelRange } from '#model/dashboard/panel-queries.ts'
import { parseSpan } from '#model/duration.ts'
import { movedRange } from '#model/range-steps.ts'
import { boundsOf } from '#model/time.ts'

const at = (text: string) => Date.parse(text)
const day = 86_400_000

const changes = [
  // Local noon on the day after the change, and what the clocks showed two real days before: not noon.
  ['Europe/Berlin in spring', '2026-03-30T12:00+02:00', '2026-03-28T11:00+01:00'],
  ['Europe/Berlin in autumn', '2026-10-26T12:00+01:00', '2026-10-24T13:00+02:00'],
  ['America/New_York in spring', '2026-03-09T12:00-04:00', '2026-03-07T11:00-05:00'],
  ['America/New_York in autumn', '2026-11-02T12:00-05:00', '2026-10-31T13:00-04:00'],
  ['Australia/Lord_Howe in autumn', '2026-04-06T12:00+10:30', '2026-04-04T12:30+11:00'],
  ['Asia/Kolkata, which changes nothing', '2026-03-30T12:00+05:30', '2026-03-28T12:00+05:30'],
] as const

describe.each(changes)('%s', (_, end, start) => {
  test('2d are 48 hours', () => {
    expect(boundsOf({ span: parseSpan('2d') ?? 0 }, at(end))).toEqual({ from: at(start), to: at(end) })
    expect(boundsOf({ span: 2 * day, to: at(end) }, at(end) + day)).toEqual({ from: at(start), to: at(end) })
  })

  test.each([
    [1, day],
    [7, 7 * day],
  ])('%i days before is that many times 24 hours', (days, shift) => {
    const shifted = panelRange({ shift }, { from: at(start), to: at(end) })
    expect(shifted).toEqual({ from: at(start) - days * day, to: at(end) - days * day })
    expect(shifted.to - shifted.from).toBe(2 * day)
  })

  test('half of it earlier and later again is where it was', () => {
    const held = { span: 2 * day, to: at(end) }
    const now = at(end) + 30 * day
    const earlier = movedRange(held, 'earlier', now)
    expect(earlier).toEqual({ span: 2 * day, to: at(end) - day })
    expect(movedRange(earlier, 'later', now)).toEqual(held)
  })
})
