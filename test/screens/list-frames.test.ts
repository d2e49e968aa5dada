// Golden frames of the lists through the whole cockpit: normal rows among strange ones, and each way of having none.
import { describe, expect, test } from 'vitest'
import type { FakeDeck } from '#test/ui/fake-deck.ts'
import { expectFrame, sizes } from './frames.ts'
import * as rows from './rows.ts'
import { keys, type Place, run } from './running.ts'

interface State {
  readonly place: Place
  readonly set: (deck: FakeDeck) => void
  readonly press?: readonly string[]
  /** Texts by which the frame is the one meant. */
  readonly shows: readonly string[]
}

const withAll = (deck: FakeDeck) => {
  deck.pods.set(rows.rowsOf(rows.pods))
  deck.podUsage.set(rows.known(rows.usage))
  deck.nodes.set(rows.rowsOf(rows.nodes))
  deck.nodeUsage.set(rows.known(rows.nodeUsage))
  deck.workloads.set(rows.rowsOf(rows.workloads))
  deck.events.set(rows.rowsOf(rows.eventRows))
  deck.resources.set(rows.known([rows.helmReleases]))
  deck.table(rows.helmReleases).subscribe(() => {})
  deck.tables.get('helmreleases.helm.toolkit.fluxcd.io')?.set(
    rows.known({
      rows: rows.releases,
      columns: rows.releaseColumns,
      resource: rows.helmReleases,
      complete: true,
    }),
  )
}

const pods = { screen: 'pods' }
const filter = (text: string) => ['/', text, keys.enter]

const states: Readonly<Record<string, State>> = {
  'pods/rows': { place: pods, set: withAll, shows: ['CrashLoopBackOff', 'etcd-nuc-1', 'enter open'] },
  'nodes/rows': { place: { screen: 'nodes' }, set: withAll, shows: ['DiskPressure', 'enter open'] },
  'workloads/rows': { place: { screen: 'workloads' }, set: withAll, shows: ['power-readings', 'enter open'] },
  'events/rows': { place: { screen: 'events' }, set: withAll, shows: ['BackOff', 'enter open'] },
  'kind/rows': {
    place: { screen: 'kind', args: ['helmreleases', 'helm.toolkit.fluxcd.io'] },
    set: withAll,
    shows: ['qdrant', 'enter open'],
  },
  'pods/loading': { place: pods, set: () => {}, shows: ['waiting for pods', 'enter open'] },
  'pods/more-to-come': {
    place: pods,
    set: (deck) => deck.pods.set(rows.rowsOf(rows.pods, { complete: false, remaining: 9491 })),
    shows: ['more to come', 'enter open'],
  },
  'pods/forbidden': {
    place: pods,
    set: (deck) => deck.pods.set(rows.failed(rows.forbidden)),
    shows: ['forbidden', 'enter open'],
  },
  'pods/unreachable': {
    place: pods,
    set: (deck) => deck.pods.set(rows.failed(rows.unreachable)),
    shows: ['ECONNREFUSED', 'enter open'],
  },
  'pods/stale': {
    place: pods,
    set: (deck) =>
      deck.pods.set(rows.stale({ rows: rows.pods, complete: true }, 7 * rows.minute, rows.unreachable)),
    shows: ['7m old', 'enter open'],
  },
  'pods/partial': {
    place: pods,
    set: (deck) =>
      deck.pods.set(
        rows.rowsOf(rows.pods.slice(0, 2), { partial: 'only shop: pods forbidden in 14 more namespaces' }),
      ),
    shows: ['only shop', 'enter open'],
  },
  'pods/empty': {
    place: pods,
    set: (deck) => {
      deck.namespace.set('empty')
      deck.namespaces.set({ ...deck.namespaces.get(), data: ['empty', 'shop'] })
      deck.pods.set(rows.rowsOf([]))
    },
    shows: ['no pods in empty', 'enter open'],
  },
  'pods/no-match': {
    place: pods,
    set: withAll,
    press: filter('nothing-like-it'),
    shows: ['none of 9 pods', 'enter open'],
  },
  'pods/bad-regex': { place: pods, set: withAll, press: filter('che(ck'), shows: ['che(ck', 'enter open'] },
  'pods/faults-only': { place: pods, set: withAll, press: [keys.ctrlZ], shows: ['of 9)', 'enter open'] },
  'pods/marks': { place: pods, set: withAll, press: [' ', ' '], shows: ['2 marked', 'enter open'] },
  'kind/faults-untold': {
    place: { screen: 'kind', args: ['configmaps', ''] },
    set: (deck) => {
      const resource = { group: '', version: 'v1', plural: 'configmaps', kind: 'ConfigMap', namespaced: true }
      deck.resources.set(rows.known([resource]))
      deck.table(resource)
      deck.tables.get('configmaps.')?.set(
        rows.known({
          rows: [{ ...rows.podRow('shop', 'cart-config'), cells: ['cart-config', 2, '90d'] }],
          columns: ['Name', 'Data', 'Age'].map((name) => ({ name, type: 'string', priority: 0 })),
          resource,
          complete: true,
        }),
      )
    },
    press: [keys.ctrlZ],
    shows: ['faults only:', 'cart-config'],
  },
  'kind/not-served': {
    place: { screen: 'kind', args: ['widgets', 'example.com'], ready: '? help' },
    set: withAll,
    shows: ['serves no widgets.example.com', '? help'],
  },
}

async function frame(state: State, place: Partial<Place>): Promise<string> {
  const running = await run({ ...state.place, ...place }, state.set)
  running.press(...(state.press ?? []))
  return running.shows(...state.shows)
}

describe.each(Object.entries(states))('%s', (name, state) => {
  // What differs from state to state is the title and the sentence: the narrow frame shows it.
  const shown = name.endsWith('/rows') ? sizes : sizes.slice(0, 1)
  test.each(shown)('at %ix%i', async (columns, height) => {
    expectFrame(`${name}@${columns}x${height}`, await frame(state, { columns, rows: height }), columns)
  })
})

test.each(['pods/rows', 'nodes/rows', 'events/rows', 'kind/rows'])('%s in ASCII', async (name) => {
  const state = states[name]
  if (state === undefined) throw new Error(name)
  const text = await frame({ ...state, shows: ['enter open'] }, { columns: 80, rows: 24, ascii: true })
  expect(text).toMatch(/^[\x20-\x7e\n]*$/)
  expectFrame(`${name.replace('rows', 'ascii')}@80x24`, text, 80)
})

test('control sequences in names move nothing and reach no terminal', async () => {
  const running = await run(pods, withAll)
  await running.shows('evil-name second line')
  expect(running.terminal.written()).not.toContain('\u001b[2J\u001b]0;owned')
})
