// The times of the changes: each has its day, none is cut, none takes the last column away where there is least room.
import { describe, expect, test } from 'vitest'
import type { ChangeRow } from '#model/change-rows.ts'
import { changeColumns, whenCells } from '#screens/changes/columns.ts'
import { aroundOf } from '#screens/places.ts'
import { fixedNow } from '#test/ui/fake-deck.ts'
import { layOut, rowLine } from '#ui/columns.ts'
import { createTheme } from '#ui/theme.ts'
import { run } from './running.ts'

const hour = 3_600_000
const now = Date.parse('2026-12-24T09:00:00Z')
const theme = createTheme({ level: 0, ascii: false })
/** What a terminal of 80 columns leaves a row. */
const cells = 76
const subject = { kind: 'Deployment', group: 'apps', namespace: 'shop', name: 'checkout' }

const changeAt = (createdAt: number): ChangeRow => ({
  ...{ uid: 'apps', namespace: 'flux-system', name: 'apps', createdAt, labels: {} },
  letter: 'F',
  ref: { kind: 'Kustomization', group: '', name: 'apps' },
  ...{ what: 'b679d7c → 9f3c2e1', objects: [], own: true },
})

function lineOf(createdAt: number, timeZone: string): string {
  const row = changeAt(createdAt)
  const when = whenCells([row], { now, timeZone })
  const columns = changeColumns({ now, timeZone, moment: now - hour, subject, none: '—', when })
  const layout = layOut(columns, cells, 80)
  expect(layout.columns.map(({ id }) => id)).toEqual(['when', 'away', 'name', 'touched', 'what'])
  return rowLine(layout, row, theme)
}

describe.each(['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata'])(
  'in %s',
  (timeZone) => {
    test('no time of a year is cut', () => {
      for (let at = now - 366 * 24 * hour; at <= now; at += 7.5 * hour) {
        expect(lineOf(at, timeZone)).toMatch(
          /^(\d\d? [A-Z][a-z]{2,3} )?\d\d:\d\d(:\d\d)?( [+-]\d\d:\d\d)? {2}/,
        )
      }
    })
  },
)

test('an hour that came twice is written whole', () => {
  expect(lineOf(Date.parse('2026-10-25T00:30:00Z'), 'Europe/Berlin')).toMatch(/^25 Oct 02:30 \+02:00 {2}/)
  expect(lineOf(Date.parse('2026-10-25T01:30:00Z'), 'Europe/Berlin')).toMatch(/^25 Oct 02:30 \+01:00 {2}/)
})

test('the longest month has its room from the start', () => {
  expect(whenCells([], { now, timeZone: 'UTC' })).toBe('12 Sept 09:57'.length)
  expect(lineOf(Date.parse('2026-09-12T09:57:00Z'), 'UTC')).toMatch(/^12 Sept 09:57 {2}.* b679d7c → /)
})

test('changes around a moment of yesterday name its day, however few hours ago', async () => {
  const args = ['Pod', 'shop', 'cart-5b7c9-k8s2p', aroundOf(fixedNow - 4 * hour)]
  const { shows } = await run({ screen: 'changes', args })
  await shows('changes around 21 Nov 23:12')
})
