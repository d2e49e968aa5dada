// What the Overview shows of what it knows: marks on its charts, the filter, where its lines lead.
import { expect, test } from 'vitest'
import type { FluxRow } from '#model/kube.ts'
import type { Overview } from '#model/overview.ts'
import { arrangeOverview, type OverviewSize } from '#screens/overview/arrange.ts'
import { targetsOf } from '#screens/overview/cursor.ts'
import { legendOf, marksOf } from '#screens/overview/marks.ts'
import { seenOf } from '#screens/overview/seen.ts'
import { fixedNow as now } from '#test/ui/fake-deck.ts'
import { createTheme } from '#ui/theme.ts'
import { calm, incident, loading } from './overviews.ts'

const minute = 60_000
const plain = createTheme({ level: 0, ascii: false })
const size: OverviewSize = {
  ...{ columns: 120, rows: 37, now, timeZone: 'UTC', late: true, keep: () => true, kept: '' },
}
const linesOf = (overview: Overview, more: Partial<OverviewSize> = {}) =>
  arrangeOverview(overview, { ...size, ...more }, plain).flatMap(({ panes }) =>
    panes.flatMap((pane) => pane.map((line) => line.text)),
  )
const wrongOf = (filter: string, faultsOnly: boolean) =>
  incident.wrong.filter(seenOf(filter, faultsOnly).keep).map((finding) => finding.ref.name)

test('marks tell changes, kills and alerts of the range, each once and far enough apart to be read', () => {
  const marks = marksOf(incident)
  expect(marks.map((mark) => mark.letter).join('')).toBe('KFAF')
  const { span } = incident.range
  expect(marks.every(({ at }) => at <= now && at >= now - span)).toBe(true)
  const gaps = marks.slice(1).map((mark, index) => mark.at - (marks[index]?.at ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(span / 30)
  expect(legendOf(marks)).toBe('K OOM  A alert  F Flux')
})

test('a fence of alerts is eight marks at most, and a calm hour has none', () => {
  const alerts = Array.from({ length: 40 }, (_, index) => ({
    ...{ name: `Alert${index}`, state: 'firing', severity: 'warning', labels: {}, annotations: {} },
    activeAt: now - index * minute,
  })) as unknown as NonNullable<Overview['alerts']['data']>
  expect(marksOf({ ...incident, alerts: { data: alerts, pending: false } })).toHaveLength(8)
  expect(marksOf(calm)).toEqual([])
  expect(legendOf([])).toBe('')
})

test.each([
  ['checkout', false, ['checkout']],
  ['back-off', false, ['photos']],
  ['', true, ['checkout', 'llm-serving-5d8c7b9f4-qk2xv', 'photos', 'nuc-3']],
  ['monitoring', true, []],
] as const)('/%s with faults only %s keeps %j', (filter, faultsOnly, names) => {
  expect(wrongOf(filter, faultsOnly)).toEqual(names)
})

const fires = (name: string, severity: string, minutes: number) => ({
  ...{ name, severity, state: 'firing' as const, labels: { pod: `p-${minutes}` }, annotations: {} },
  activeAt: now - minutes * minute,
})

test('the critical alerts come first, alike ones are one where nothing tells them apart, and the rest is counted', () => {
  const many = Array.from({ length: 20 }, (_, index) => fires(`Alert${index}`, 'warning', index))
  const alerts = [fires('PodNotReady', 'warning', 3), fires('PodNotReady', 'warning', 7), ...many]
  const overview = {
    ...incident,
    alerts: { data: [...alerts, fires('Burning', 'critical', 1)], pending: false },
  }
  const narrow = linesOf(overview).map((line) => line.trimEnd())
  const first = narrow.findIndex((line) => line.startsWith(' firing'))
  expect(narrow.slice(first + 1, first + 3)).toEqual([
    expect.stringMatching(/^ ✗ Burning +1m$/),
    expect.stringMatching(/^ ▲ PodNotReady ×2 +7m$/),
  ])
  const counted = narrow.find((line) => / \d+ more$/.test(line)) ?? ''
  const shown = narrow.filter((line) => /^ ▲ Alert\d/.test(line)).length
  expect(Number(counted.trim().split(' ')[0])).toBe(many.length - shown)
  const wide = linesOf(overview, { columns: 200, rows: 47 })
  expect(wide.filter((line) => line.includes('PodNotReady'))).toHaveLength(2)
})

test('over a range that has ended the present is called so', () => {
  const past = { ...incident, range: { span: 3_600_000, to: now - 3 * 3_600_000 } }
  expect(linesOf(past)[0]).toMatch(/^ now, not 00:12: {3}✗ 1 critical/)
  expect(linesOf(incident)[0]).not.toContain('now')
})

test('what the filter keeps back is said', () => {
  const lines = linesOf(incident, seenOf('nothing-like-it', false))
  expect(lines.find((line) => line.includes('what is wrong'))).toContain('/nothing-like-it')
  expect(lines.some((line) => line.includes('none of 5 is /nothing-like-it'))).toBe(true)
})

test('a wait is named only when it is long', () => {
  expect(linesOf(loading).join()).toContain('waiting for metrics')
  const early = linesOf(loading, { late: false }).join()
  expect(early).not.toContain('waiting')
  expect(early).not.toContain('looking')
  expect(early).not.toContain('well')
})

test('parts of the stack and sources lead to their workloads, the API server to the nodes', () => {
  const ref = { group: 'apps', kind: 'StatefulSet', namespace: 'observability', name: 'prometheus-main' }
  const stack = (incident.stack.data ?? []).map((one) => (one.id === 'prometheus' ? { ...one, ref } : one))
  const overview = { ...incident, stack: { data: stack, pending: false } }
  const targets = targetsOf(arrangeOverview(overview, size, plain))
  expect(targets.find((target) => target.id === 'stack prometheus')?.ref).toEqual(ref)
  expect(targets.find((target) => target.id === 'source prometheus')?.ref).toEqual(ref)
  expect(targets.find((target) => target.id === 'source kubernetes')?.screen).toBe('nodes')
})

test('what is forbidden for one reason is one sentence, with what can be done instead', () => {
  const detail = (what: string) => `${what} forbidden for ben cluster-wide`
  const blind = ['pods', 'nodes', 'workloads'].map((what) => ({
    ...{ what, gap: { reason: 'forbidden', detail: detail(what), fix: 'ask for a role' } as const },
  }))
  const lines = linesOf({ ...loading, blind }).filter((line) => line.includes('cannot read'))
  expect(lines.map((line) => line.trim())).toEqual([
    '◌ cannot read pods, nodes, workloads: forbidden for ben cluster-wide (→ choose a namespace that you may read, with :ns',
  ])
})

test.each([
  [80, 21, / hr\/photos +0\.12\.0 failed +2m/],
  [120, 37, / hr\/photos +0\.12\.0 failed +2m/],
  [200, 47, / hr\/photos +0\.11\.2 → 0\.12\.0 failed +2m/],
])('at %ix%i an upgrade that failed says so among the last changes', (columns, rows, said) => {
  const { flux } = calm
  const [first] = flux.data?.changes ?? []
  if (flux.data === undefined || first === undefined) throw new Error('no changes')
  const photos: FluxRow = {
    ...{ ...first, uid: 'photos', kind: 'HelmRelease', name: 'photos', state: 'failed' },
    ...{ changedAt: now - 2 * minute, revision: '0.12.0', changedFrom: '0.11.2', changeFailed: true },
  }
  const overview = { ...calm, flux: { ...flux, data: { ...flux.data, changes: [photos, first] } } }
  expect(linesOf(overview, { columns, rows }).find((line) => line.includes('hr/photos'))).toMatch(said)
})
