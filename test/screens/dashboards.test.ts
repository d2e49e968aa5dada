// The list of dashboards through the whole cockpit.
import { describe, test } from 'vitest'
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
