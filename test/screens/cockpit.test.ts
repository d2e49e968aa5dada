// The cockpit as a person has it: keys in, the screen out, the terminal as it was before at the end.
import { afterEach, describe, expect, test } from 'vitest'
import { SourceError } from '#model/reading.ts'
import { globalBindings } from '#screens/cockpit/keys.ts'
import { openCockpit } from '#screens/cockpit/open.tsx'
import { createTerminal } from '#screens/cockpit/terminal.ts'
import { screens } from '#screens/registry.ts'
import { type FakeDeck, fakeDeck, fixedNow } from '#test/ui/fake-deck.ts'
import { type FakeTerminal, fakeTerminal } from '#test/ui/terminal.ts'
import { duplicates } from '#ui/keys.ts'
import { createTheme } from '#ui/theme.ts'
import { incident } from './overviews.ts'
import { podRow, rowsOf } from './rows.ts'

interface Running {
  readonly deck: FakeDeck
  readonly terminal: FakeTerminal
  readonly over: Promise<void>
  readonly leave: AbortController
}

const running: Running[] = []

async function start(columns = 100, rows = 30, screen = 'overview'): Promise<Running> {
  const deck = fakeDeck()
  deck.overview.set(incident)
  deck.sources.set(incident.sources)
  const terminal = fakeTerminal(columns, rows)
  const leave = new AbortController()
  const over = openCockpit({
    deck,
    screen,
    args: [],
    theme: createTheme({ level: 1, ascii: false }),
    terminal: createTerminal(terminal.stdin, terminal.stdout),
    signal: leave.signal,
    readOnly: false,
    timeZone: 'UTC',
  })
  const run = { deck, terminal, over, leave }
  running.push(run)
  await terminal.until((text) => text.trim() !== '')
  return run
}

afterEach(async () => {
  for (const { leave, over } of running.splice(0)) {
    leave.abort()
    await over
  }
})

const restored = (terminal: FakeTerminal) => {
  const written = terminal.written()
  return ['[?1049l', '[?25h', '[?7h'].every(
    (mode) =>
      written.lastIndexOf(mode) >
      written.lastIndexOf(mode.replace(/[lh]$/, (end) => (end === 'l' ? 'h' : 'l'))),
  )
}

describe('leaving', () => {
  test.each([
    ['q twice on the first view', 'qq'],
    ['ctrl-c', '\u0003'],
    [':q', ':q\r'],
  ])('%s restores the terminal and closes the deck', async (_, keys) => {
    const { terminal, over, deck } = await start()
    for (const key of keys) terminal.press(key)
    await over
    expect(restored(terminal)).toBe(true)
    expect(deck.closed()).toBe(true)
    await expect.poll(() => [deck.overview.lookers(), deck.now.lookers()]).toEqual([0, 0])
  })

  test('the signal does the same', async () => {
    const { terminal, over, leave } = await start()
    leave.abort()
    await over
    expect(restored(terminal)).toBe(true)
  })

  test('a terminal that went away ends it too', async () => {
    const { terminal, over } = await start()
    terminal.stdin.emit('error', Object.assign(new Error('read EIO'), { code: 'EIO' }))
    await over
    expect(restored(terminal)).toBe(true)
  })

  test('an error in a screen is thrown after the terminal is restored', async () => {
    const { terminal, over, deck } = await start()
    running.length = 0
    // A deck that breaks its contract is a bug, and a bug must not leave a broken terminal.
    deck.overview.set(Object.create(null))
    await expect(over).rejects.toThrow()
    expect(restored(terminal)).toBe(true)
    expect(deck.closed()).toBe(true)
  })
})

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

  test('the help has every key of the screen and of the cockpit', async () => {
    const { terminal } = await start(100, 45)
    terminal.press('?')
    const text = await terminal.until((shown) => shown.includes('everywhere'))
    expect(text).toContain('open what the line speaks of')
    expect(text).toContain('ctrl-c')
    terminal.press('\u001b')
    await terminal.until((shown) => shown.includes('what is wrong'))
  })
})

describe('the help over a screen', () => {
  const manyPods = Array.from({ length: 5 }, (_, index) => podRow('shop', `web-${index}`))
  const open = async () => {
    const started = await start(100, 45, 'pods')
    started.deck.pods.set(rowsOf(manyPods))
    await started.terminal.until((text) => text.includes('web-4') && text.includes('enter open'))
    started.terminal.press('j')
    await started.terminal.until((text) => text.includes('>  shop       web-1') || /> .*web-1/.test(text))
    return started
  }

  test('leaves what the screen reads as it is, and the screen shows what came meanwhile', async () => {
    const { terminal, deck } = await open()
    const { subscribe } = deck.pods
    let asked = 0
    Object.assign(deck.pods, {
      subscribe: (changed: () => void) => {
        asked += 1
        return subscribe(changed)
      },
    })
    const lookers = deck.pods.lookers()
    terminal.press('?')
    expect(await terminal.until((text) => text.includes('everywhere'))).not.toContain('web-1')
    expect(deck.pods.lookers()).toBe(lookers)
    deck.pods.set(rowsOf([...manyPods, podRow('shop', 'web-5')]))
    terminal.press('\u001b')
    await terminal.until((text) => text.includes('web-5') && /> .*web-1/.test(text))
    expect([asked, deck.pods.lookers()]).toEqual([0, lookers])
  })

  test('has all keys: none moves or opens what is under it', async () => {
    const { terminal } = await open()
    terminal.press('?')
    const text = await terminal.until((shown) => shown.includes('everywhere'))
    expect(text.trimEnd().split('\n').at(-1)).not.toContain('open')
    for (const key of ['j', 'y', '\r', '\u001b']) terminal.press(key)
    await terminal.until((shown) => !shown.includes('everywhere') && /> .*web-1/.test(shown))
    terminal.press('j')
    await terminal.until((shown) => /> .*web-2/.test(shown) && shown.includes('enter open'))
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

describe('input', () => {
  test('the terminal echoes no key into a frame, from the first one on', async () => {
    const { terminal } = await start()
    expect(terminal.written()).toContain('what is wrong')
    expect(terminal.writtenCooked()).toBe('')
  })

  test('the terminal is given back as it was', async () => {
    const { terminal, leave, over } = await start()
    leave.abort()
    await over
    expect(terminal.stdin.isRaw).toBe(false)
  })

  test('an arrow that a slow line split from its escape is an arrow, not text', async () => {
    const { terminal } = await start()
    terminal.press('\u001b')
    await new Promise((resolve) => setTimeout(resolve, 60))
    terminal.press('[B')
    await terminal.until((text) => text.includes('>▲ ml/llm'))
  })

  test('an escape whose rest comes late is no step back', async () => {
    const { terminal } = await start(100, 40)
    terminal.press(':pods\r')
    await terminal.until((text) => text.includes('pods'))
    terminal.press('\u001b')
    await new Promise((resolve) => setTimeout(resolve, 40))
    terminal.press('[B')
    terminal.press('?')
    const text = await terminal.until((shown) => shown.includes('everywhere'))
    expect(text).toContain('pods')
    terminal.press('\u001b')
    await terminal.until((shown) => !shown.includes('everywhere'))
    terminal.press('\u001b')
    await terminal.until((shown) => shown.includes('what is wrong'))
  })

  test('each key of one piece means what the one before brought on the screen', async () => {
    const { terminal } = await start(100, 40)
    terminal.press('jj\r')
    await terminal.until((text) => text.includes('photos') && !text.includes('what is wrong'))
    terminal.press('\u001b')
    await terminal.until((text) => text.includes('>▲ media/photos'))
    terminal.press(':pods\r?')
    await terminal.until((text) => text.includes('everywhere') && text.includes('pods'))
  })

  test('pasted text runs no keys', async () => {
    const { terminal, deck } = await start()
    terminal.press('\u001b[200~q0:q\r\u001b[201~')
    terminal.press('j')
    await terminal.until((text) => text.includes('>▲ ml/llm'))
    expect(deck.closed()).toBe(false)
  })

  test('fast typing that arrives in one piece is several keys', async () => {
    const { terminal } = await start()
    terminal.press('jjj')
    await terminal.until((text) => text.includes('>▲ node/nuc-3'))
  })
})

describe('size', () => {
  test('below 20x5 one line says so, and more room brings the screen back', async () => {
    const { terminal } = await start(100, 30)
    terminal.resize(18, 4)
    await terminal.until((text) => text.includes('too small') && !text.includes('what is wrong'))
    terminal.resize(80, 24)
    await terminal.until((text) => text.includes('what is wrong'))
  })

  test('a storm of sizes ends in a right frame', async () => {
    const { terminal } = await start(100, 30)
    let seed = 3
    for (let step = 0; step < 40; step++) {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      terminal.resize(20 + (seed % 180), 5 + (Math.floor(seed / 1000) % 50))
    }
    terminal.resize(100, 30)
    const text = await terminal.until(
      (shown) =>
        shown.split('\n')[0]?.includes('obsdeck   talos-home') === true && shown.includes('enter open'),
    )
    const fresh = await start(100, 30)
    await fresh.terminal.until((shown) => shown.includes('enter open'))
    expect(text).toBe(fresh.terminal.text())
  })
})

test('nothing is written when nothing changes', async () => {
  const { terminal, deck } = await start()
  await terminal.until((text) => text.includes('enter open'))
  await new Promise((resolve) => setTimeout(resolve, 50))
  const before = terminal.written().length
  for (let step = 1; step <= 20; step++) deck.now.set(fixedNow + step * 1000)
  deck.overview.set({ ...incident })
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(terminal.written().slice(before)).toBe('')
})

test.each(screens.map((screen) => [screen.name, screen] as const))('%s binds no key twice', (_, screen) => {
  expect(duplicates([...screen.bindings, ...globalBindings])).toEqual([])
})
