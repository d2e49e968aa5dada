// An open dashboard through the whole cockpit: frames, and what the keys do.
import { describe, expect, test } from 'vitest'
import { nothingYet } from '#live/live.ts'
import type { LiveVariables } from '#live/open-dashboard.ts'
import { type FakeDeck, fixedNow } from '#test/ui/fake-deck.ts'
import { board, choice, fillBoard, fillList, read } from './boards.ts'
import { expectFrame, sizes } from './frames.ts'
import { keys, run } from './running.ts'

const args = ['observability', 'checkout']
const place = (columns = 120, rows = 40) => ({
  screen: 'dashboard',
  args,
  columns,
  rows,
  ready: 'enter full',
})

const open = (deck: FakeDeck) => deck.dashboard({ namespace: 'observability', name: 'checkout' })

describe.each(sizes)('at %ix%i', (columns, rows) => {
  const frame = (state: string, text: string) =>
    expectFrame(`dashboard/${state}@${columns}x${rows}`, text, columns)

  test('several kinds of panels', async () => {
    const { shows } = await run(place(columns, rows), fillBoard)
    frame('several', await shows('Memory', 'CPU'))
  })

  test('further down, a row that is folded', async () => {
    const { press, shows } = await run(place(columns, rows), fillBoard)
    press('\u001b[6~', '\u001b[6~', '\u001b[6~')
    frame('folded', await shows('>+ Logs of'))
  })

  test('one panel alone', async () => {
    const { press, shows } = await run(place(columns, rows), fillBoard)
    press(keys.tab, keys.tab, keys.tab, keys.enter)
    frame('alone', await shows('>Memory by service', '4 GiB'))
  })

  test('a stack with what its total was a day before', async () => {
    const { press, shows } = await run(place(columns, rows), fillBoard)
    // Past the row's title to the stack.
    press(...Array<string>(6).fill('j'), 'w', keys.enter)
    frame('before', await shows('>Requests', 'dotted: a day before'))
  })

  test('choosing', async () => {
    const { press, shows } = await run(place(columns, rows), fillBoard)
    press('v')
    frame('choosing', await shows('flux-system', 'v next variable'))
  })

  test('what it is cannot be read', async () => {
    const { shows } = await run(place(columns, rows), (deck) => {
      fillList(deck)
      const detail = 'not a Grafana dashboard: it is no JSON: Unexpected token < in JSON at position 0'
      open(deck).content.set({ ...nothingYet, gap: { reason: 'invalid', detail } })
    })
    frame('garbage', await shows('it is no JSON'))
  })

  test('nothing may be read', async () => {
    const { shows } = await run(place(columns, rows), (deck) => {
      fillBoard(deck)
      const detail = 'services/proxy forbidden for ben in observability'
      open(deck).answers.set(() => ({ ...nothingYet, gap: { reason: 'forbidden', detail } }))
    })
    frame('forbidden', await shows('forbidden'))
  })

  test('nothing has answered', async () => {
    const { shows } = await run(place(columns, rows), (deck) => {
      fillBoard(deck)
      open(deck).answers.set(() => ({ ...nothingYet, pending: true, phase: 'fetching' }))
    })
    frame('loading', await shows('waiting for'))
  })

  test('some of it is slow', async () => {
    const { shows } = await run(place(columns, rows), (deck) => {
      fillBoard(deck)
      const fake = open(deck)
      const answers = fake.answers.get()
      const loading = { since: fixedNow - 72_000, answered: 1, of: 3 }
      fake.answers.set((panel) =>
        panel.view.kind === 'timeseries'
          ? { ...nothingYet, pending: true, phase: 'fetching', loading }
          : answers(panel),
      )
    })
    frame('slow', await shows('waiting for 2 of 3 queries, 1m12s', 'waiting for 2 of'))
  })
})

test('variables that are slow are named, and since when they are waited for', async () => {
  const { shows } = await run({ ...place(), ready: 'esc back' }, (deck) => {
    fillBoard(deck)
    const loading = { since: fixedNow - 12_000, answered: 1, of: 3 }
    const waiting: LiveVariables = { ...nothingYet, pending: true, phase: 'fetching', loading }
    open(deck).variables.set(waiting)
  })
  await shows('waiting for 2 of 3 variables of dashboard observability/checkout, 12s')
})

test('esc leaves the choice, not the dashboard', async () => {
  const { press, shows } = await run(place(), fillBoard)
  press('v')
  await shows('v next variable')
  press('\u001b')
  await shows('enter full', '>Memory')
})

test.each(['several', 'choosing'])('%s in ASCII', async (state) => {
  const { press, shows } = await run({ ...place(80, 24), ascii: true }, fillBoard)
  if (state === 'choosing') press('v')
  const text = await shows(...(state === 'choosing' ? ['flux-system', 'v next variable'] : ['Memory']))
  expect(text).toMatch(/^[\x20-\x7e\n]*$/)
  expectFrame(`dashboard/${state}-ascii@80x24`, text, 80)
})

test('from panel to panel, also with a key that is held down', async () => {
  const { press, shows } = await run(place(), fillBoard)
  press('j', 'j', 'j')
  await shows('>Memory by service')
  press('k')
  await shows('>By node')
  press(keys.tab, keys.tab)
  await shows('>Disk')
  press('k', 'k', 'k', 'k', 'k', 'k', 'k')
  await shows('>Memory  ')
})

test('while nothing answers the keys are alive', async () => {
  const { deck, press, shows } = await run(place(), (one) => {
    fillBoard(one)
    open(one).answers.set(() => ({ ...nothingYet, pending: true, phase: 'fetching' }))
  })
  await shows('waiting for 1 query')
  press('j', 'j', 'j', keys.enter)
  await shows('>Memory by service', 'waiting for 1 query')
  expect(
    open(deck)
      .asked()
      .map(({ panel }) => panel.title),
  ).toEqual(['Memory by service'])
  press('?')
  await shows('the panel alone, again all')
})

test('only the panels in view are asked for, one alone alone', async () => {
  const { deck, press, shows } = await run(place(80, 24), fillBoard)
  await shows('Requests')
  const titles = () =>
    open(deck)
      .asked()
      .map(({ panel }) => panel.title)
  const upper = ['Memory', 'CPU', 'By node', 'Memory by service', 'Disk', 'Requests', 'Latency']
  expect(titles()).toEqual(upper)
  press(keys.enter)
  await expect.poll(titles).toEqual(['Memory'])
  press(keys.enter)
  await expect.poll(titles).toEqual(upper)
})

test('a row is opened, and its panels are asked for only then', async () => {
  const { deck, press, shows, hides } = await run(place(200, 50), fillBoard)
  press('\u001b[6~', '\u001b[6~')
  await shows('>+ Logs of shop + db  2 panels')
  const titles = () =>
    open(deck)
      .asked()
      .map(({ panel }) => panel.title)
  expect(titles()).not.toContain('About')
  press(keys.enter)
  await shows('>- Logs of shop + db', 'About', 'logs cannot be drawn')
  expect(titles()).toContain('About')
  press(keys.enter)
  await hides('About')
})

test('a variable of many is marked, one of one taken', async () => {
  const { deck, press, shows, hides } = await run(place(), fillBoard)
  const { choices } = open(deck)
  press('v')
  await shows('flux-system', 'v next variable')
  press('k', 'k', ' ')
  await expect.poll(() => choices).toEqual([['namespace', ['shop', 'db', 'flux-system']]])
  press('v')
  await shows('nuc-1')
  press('j', 'j', 'j', 'j', 'j', 'j', 'j', keys.enter)
  await expect.poll(() => choices.at(-1)).toEqual(['node', ['nuc-3']])
  await hides('v next variable')
  await shows('Memory by service')
})

test('what is wrong with a variable is said in the title', async () => {
  const { shows } = await run(place(), (deck) => {
    fillBoard(deck)
    const detail = 'node, namespace wait for each other'
    open(deck).variables.set(
      read({ state: choice, values: '', gaps: [{ variable: 'node', gap: { reason: 'invalid', detail } }] }),
    )
  })
  await shows('node: node, namespace wait for each other', 'Memory')
})

test('one without variables says so', async () => {
  const { press, shows } = await run(place(), (deck) => {
    fillBoard(deck)
    open(deck).content.set(read({ ...board, variables: [] }))
  })
  press('v')
  await shows('it has none to choose for')
})

test('the reading line is of all charts, one line alone of the one that is looked at', async () => {
  const { press, shows, hides } = await run(place(200, 50), fillBoard)
  press('\u001b[1;5D', '\u001b[1;5D')
  // Two tenths of the hour before 03:12.
  const text = await shows('03:00:00')
  expectFrame('dashboard/reading@200x50', text, 200)
  press('j', 'j', 'j', 's')
  await hides('b cart')
  await shows('─ checkout', '2 hidden', 'b pod-2')
  press('j')
  await shows('b cart', '03:00:00')
  press(' ')
  await hides('03:00:00')
})

test('the moment that is read stays while the panels go on', async () => {
  const { deck, press, shows } = await run(place(200, 50), fillBoard)
  press('\u001b[1;5D', '\u001b[1;5D')
  await shows('03:00:00')
  const { answers } = open(deck)
  const of = answers.get()
  const goOn = (by: number) =>
    answers.set((panel) => {
      const live = of(panel)
      const { data } = live
      return data === undefined
        ? live
        : { ...live, data: { ...data, from: data.from + by, to: data.to + by } }
    })
  goOn(15 * 60_000)
  await shows('03:00:00', '03:20')
  goOn(60 * 60_000)
  await shows('←03:00:00')
})

test('a day before stands beside it, then a week, then neither', async () => {
  const { deck, press, shows, hides } = await run(place(200, 50), fillBoard)
  const shifts = () =>
    new Set(
      open(deck)
        .asked()
        .map(({ panel }) => panel.shift ?? 0),
    )
  press('w')
  await shows('dotted: a day before')
  expect([...shifts()]).toEqual([0, 86_400_000])
  press('w')
  await shows('dotted: a week before')
  expect([...shifts()]).toEqual([0, 7 * 86_400_000])
  press('w')
  await hides('dotted')
  expect([...shifts()]).toEqual([0])
})

test('a dashboard that is not there', async () => {
  const { shows } = await run({ ...place(), args: ['chekout'], ready: 'esc back' }, fillBoard)
  await shows('there is no dashboard chekout; did you mean checkout?')
})
