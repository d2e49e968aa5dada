// Where keys and names lead: deeper and back, other contexts, namespaces and ranges, and what leads nowhere.
import { describe, expect, test } from 'vitest'
import { SourceError } from '#model/reading.ts'
import { fakeDeck, fixedNow } from '#test/ui/fake-deck.ts'
import { start } from './cockpit-running.ts'
import { podRow, rowsOf } from './rows.ts'

describe('moving about', () => {
  test('enter leads deeper, esc back to the same line', async () => {
    const { terminal } = await start()
    terminal.press('j')
    await terminal.until((text) => text.includes('>▲ ml/llm'))
    terminal.press('\r')
    await terminal.until((text) => !text.includes('what is wrong') || text.includes('there is no screen'))
    terminal.press('\u001b')
    await terminal.until((text) => text.includes('>▲ ml/llm'))
  })

  test('the palette completes, goes and comes back', async () => {
    const { terminal } = await start()
    terminal.press(':')
    terminal.press('nod')
    await terminal.until((text) => text.includes(':nod') && text.includes('nodes'))
    terminal.press('\t')
    terminal.press('\r')
    await terminal.until((text) => text.includes('nodes ·') || text.includes('waiting for nodes'))
    terminal.press('-')
    await terminal.until((text) => text.includes('what is wrong'))
    terminal.press('[')
    await terminal.until((text) => !text.includes('what is wrong'))
    terminal.press(']')
    await terminal.until((text) => text.includes('what is wrong'))
  })

  test('an unknown name says so, and the footer comes back after four seconds', async () => {
    const { terminal, deck } = await start()
    terminal.press(':nonsense\r')
    await terminal.until((text) => text.includes('no screen, kind or command is called nonsense'))
    deck.now.set(fixedNow + 3000)
    expect(terminal.text()).toContain('nonsense')
    deck.now.set(fixedNow + 5000)
    await terminal.until((text) => text.includes('enter open'))
    expect(deck.now.lookers()).toBeGreaterThan(0)
  })

  test('a key that is off says why', async () => {
    const { terminal } = await start()
    for (const _ of [1, 2, 3]) terminal.press('j')
    await terminal.until((text) => text.includes('>▲ node/nuc-3'))
    terminal.press('l')
    await terminal.until((text) => text.includes('only pods and workloads have logs'))
  })
})

describe('what all screens share', () => {
  test(':range and the brace keys change the range', async () => {
    const { terminal, deck } = await start()
    terminal.press(':')
    terminal.press('range 6h')
    terminal.press('\r')
    await terminal.until((text) => text.includes('last 6h, live'))
    terminal.press('{')
    await terminal.until((text) => text.includes('last 3h, live'))
    expect(deck.range.get()).toEqual({ span: 3 * 3_600_000 })
    terminal.press(':')
    terminal.press('range 1h 2026-11-21T03:12:00Z')
    terminal.press('\r')
    await terminal.until((text) => text.includes('1h to 21 Nov 03:12'))
  })

  test(':ns and 0 change the namespace', async () => {
    const { terminal } = await start()
    terminal.press(':')
    terminal.press('ns shop')
    terminal.press('\r')
    await terminal.until((text) => text.includes('talos-home · shop'))
    terminal.press('0')
    await terminal.until((text) => text.includes('all namespaces'))
  })

  test(':ctx opens another deck and closes the old one', async () => {
    const { terminal, deck } = await start()
    terminal.press(':')
    terminal.press('ctx lab')
    terminal.press('\r')
    await terminal.until((text) => text.includes('lab · all namespaces'))
    await expect.poll(() => [deck.closed(), deck.overview.lookers()]).toEqual([true, 0])
  })

  test('ctrl-z shows faults only and says so', async () => {
    const { terminal } = await start()
    terminal.press('\u001a')
    await terminal.until((text) => text.includes('faults only'))
    terminal.press('\u001a')
    await terminal.until((text) => !text.includes('faults only'))
  })

  test('the filter is typed in the footer and esc takes it away before it goes back', async () => {
    const { terminal } = await start()
    terminal.press('/')
    terminal.press('shop q')
    await terminal.until((text) => text.includes('/shop q'))
    terminal.press('\r')
    await terminal.until((text) => text.includes('enter open'))
    terminal.press('\u001b')
    terminal.press(':')
    await terminal.until((text) => text.includes(' :'))
  })
})

describe('names that lead nowhere', () => {
  test('q asks before it leaves', async () => {
    const { terminal, deck } = await start()
    terminal.press('q')
    await terminal.until((text) => text.includes('q again leaves'))
    deck.now.set(fixedNow + 5000)
    await terminal.until((text) => text.includes('enter open'))
    terminal.press('q')
    await terminal.until((text) => text.includes('q again leaves'))
    expect(deck.closed()).toBe(false)
  })

  test('an unknown name comes with the nearest ones', async () => {
    const { terminal } = await start()
    terminal.press(':podds\r')
    await terminal.until((text) => text.includes('called podds; did you mean pods'))
  })

  test.each([
    [':pods shpo', 'there is no namespace shpo; did you mean shop?'],
    [':pods -l app=cart', ':pods takes a namespace; / filters: /-l app=cart'],
    [':events /cart', ':events takes a namespace; / filters: /cart'],
  ])('%s says what is meant', async (line, why) => {
    const { terminal } = await start()
    terminal.press(`${line}\r`)
    await terminal.until((text) => text.includes(why) && text.includes('what is wrong'))
  })

  test('a namespace that the cockpit was opened with and that is not there is said', async () => {
    const { terminal } = await start(100, 30, 'overview', (deck) => {
      deck.namespace.set('shpo')
    })
    await terminal.until((text) => text.includes('there is no namespace shpo; did you mean shop?'))
  })

  test('a namespace that does not exist is not gone to', async () => {
    const { terminal, deck } = await start()
    terminal.press(':ns shpo\r')
    await terminal.until((text) => text.includes('there is no namespace shpo; did you mean shop?'))
    expect(deck.namespace.get()).toBeUndefined()
    terminal.press(':ns shop\r')
    await terminal.until((text) => text.includes('talos-home · shop'))
  })

  test('a context that cannot be reached leaves the old one open, and says why', async () => {
    const { terminal, deck } = await start()
    deck.open = async () => {
      throw new SourceError({ reason: 'unreachable', detail: 'connection refused by 10.0.0.9:6443' })
    }
    terminal.press(':ctx lab\r')
    await terminal.until((text) => text.includes('still in talos-home: lab: connection refused'))
    expect(deck.closed()).toBe(false)
  })

  test('the context one is in is opened anew when it is named, in the same namespace', async () => {
    const { terminal, deck } = await start()
    const renewed = fakeDeck('talos-home')
    renewed.pods.set(rowsOf([podRow('shop', 'renewed')]))
    deck.open = async () => renewed
    deck.namespace.set('shop')
    terminal.press(':pods\r')
    await terminal.until((text) => text.includes('pods · shop'))
    terminal.press(':ctx talos-home\r')
    await terminal.until((text) => text.includes('renewed'))
    expect(renewed.namespace.get()).toBe('shop')
    expect(deck.closed()).toBe(true)
  })

  test('a kind that the server is found to have only when somebody has gone elsewhere leads nowhere', async () => {
    const { terminal, deck } = await start()
    deck.resources.set({ data: [], pending: true, failures: 0, phase: 'fetching' })
    terminal.press(':widgets\r')
    await terminal.until((text) => text.includes('asking the server for its kinds'))
    terminal.press(':nodes\r')
    await terminal.until((text) => text.includes('nodes ·') || text.includes('waiting for nodes'))
    deck.resources.set({ data: [], pending: false, failures: 0, phase: 'waiting' })
    terminal.press('\u001b')
    expect(await terminal.until((text) => text.includes('what is wrong'))).not.toContain('called widgets')
  })

  test('tab completes a command up to its argument', async () => {
    const { terminal } = await start()
    terminal.press(':names')
    await terminal.until((text) => text.includes(':names'))
    terminal.press('\t')
    await terminal.until((text) => text.includes(':ns ') && text.includes('observability'))
  })
})
