// The list of dashboards through the whole cockpit.
import { describe, expect, test } from 'vitest'
import { fillBoard, fillList, read } from './boards.ts'
import { expectFrame, sizes } from './frames.ts'
import { keys, run } from './running.ts'

const place = (columns = 120, rows = 40) => ({ screen: 'dashboards', columns, rows })

describe.each(sizes)('at %ix%i', (columns, rows) => {
  const frame = (state: string, text: string) =>
    expectFrame(`dashboards/${state}@${columns}x${rows}`, text, columns)

  test('some, one of which cannot be had', async () => {
    const { shows } = await run(place(columns, rows), fillList)
    frame('some', await shows('Checkout'))
  })

  test('none may be listed', async () => {
    const detail = 'grafanadashboards forbidden for ben in all namespaces'
    const gap = { reason: 'forbidden', detail } as const
    const { shows } = await run(place(columns, rows), (deck) =>
      deck.dashboards.set(read({ entries: [], gaps: [gap], notes: [] })),
    )
    frame('forbidden', await shows('forbidden'))
  })
})

test('one is opened from the list, by its name', async () => {
  const { press, shows } = await run(place(), fillBoard)
  await shows('> ')
  press('j', keys.enter)
  await shows('Memory by service', 'namespace shop, db')
  press(keys.esc)
  await shows('dashboards · all namespaces (5)')
})

describe(':dashboard', () => {
  const typed = async (line: string, set = fillBoard) => {
    const started = await run({ screen: 'nodes', columns: 120, rows: 40 }, set)
    started.press(':')
    started.press(line)
    started.press(keys.enter)
    return started
  }

  test.each([
    ['dashboard checkout', 'Memory by service'],
    ['dashboards Checkout', 'Memory by service'],
    ['dashboard observability/checkout', 'Memory by service'],
    ['dashboard check', 'Memory by service'],
    ['boards cnpg', 'waiting for dashboard db/cnpg'],
    ['dashboard CloudNativePG', 'waiting for dashboard db/cnpg'],
    ['dashboard 20417', 'waiting for dashboard db/cnpg'],
    ['dashboard Envoy Gateway: global', 'waiting for dashboard observability/envoy'],
  ])('%s opens the one that is meant', async (line, shown) => {
    const { press, shows } = await typed(line)
    await shows(shown)
    // And back to where it was typed.
    press(keys.esc)
    await shows('nodes ·')
  })

  test('a part of several names lists them', async () => {
    const { press, shows, hides } = await typed('dashboard te')
    await shows('dashboards · all namespaces (2 of 5)', '/te', 'Node Exporter Full', 'Envoy Gateway')
    await hides('Checkout')
    press(keys.esc)
    await shows('dashboards · all namespaces (5)')
  })

  test('a namespace lists what it has', async () => {
    const { shows } = await typed('dashboard observability')
    await shows('dashboards · all namespaces (4 of 5)', '/observability')
  })

  test('a name of none says so over the list', async () => {
    const { shows } = await typed('dashboard cnpgg')
    await shows('dashboards · all namespaces (5)', 'there is no dashboard cnpgg; did you mean cnpg?')
  })

  test('and where some could not be read, that', async () => {
    const gap = { reason: 'forbidden', detail: 'grafanadashboards forbidden for ben in db' } as const
    const { shows } = await typed('dashboard flux', (deck) => {
      const entry = { namespace: 'observability', name: 'checkout', how: { kind: 'json' } } as const
      deck.dashboards.set(read({ entries: [entry], gaps: [gap], notes: [] }))
    })
    await shows(`there is no dashboard flux among those that could be read: ${gap.detail}`)
  })

  test('a name that is typed before they are listed waits for them', async () => {
    const { deck, shows } = await typed('dashboard checkout', () => undefined)
    await shows('looking for the dashboard checkout')
    fillBoard(deck)
    await shows('Memory by service')
  })

  test('a name that is found only when somebody has gone elsewhere leads nowhere', async () => {
    const { deck, press, shows } = await typed('dashboard checkout', () => undefined)
    await shows('looking for the dashboard checkout')
    press(':', 'events', keys.enter)
    await shows('events ·')
    fillBoard(deck)
    press(keys.esc)
    await shows('nodes ·')
  })

  test('nor does one of a context that was left', async () => {
    const { deck, press, shows, hides } = await typed('dashboard checkout', () => undefined)
    await shows('looking for the dashboard checkout')
    press(':', 'ctx lab', keys.enter)
    await shows('lab · all namespaces', 'now in lab')
    fillBoard(deck)
    press('q')
    expect(await shows('q again leaves')).not.toContain('dashboard')
    await hides('now in lab')
  })

  test('nor does it take away a line that is being typed', async () => {
    const { deck, press, shows } = await typed('dashboard te', () => undefined)
    await shows('looking for the dashboard te')
    press(':', 'no')
    await shows(':no')
    fillBoard(deck)
    press('d')
    await shows(':nod', 'nodes ·')
  })

  test('without a name it is the list; the names that are known complete', async () => {
    const { press, shows } = await typed('dashboard')
    await shows('dashboards · all namespaces (5)')
    press(':')
    press('dashboard no')
    await shows('dashboards node-exporter-full')
    press(keys.tab)
    press(keys.enter)
    await shows('waiting for dashboard observability/node-exporter-full')
  })
})
