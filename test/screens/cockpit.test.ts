// The cockpit as a whole: every way out of it, every size, and nothing written when nothing changes.
import { describe, expect, test } from 'vitest'
import { globalBindings } from '#screens/cockpit/keys.ts'
import { screens } from '#screens/registry.ts'
import { fixedNow } from '#test/ui/fake-deck.ts'
import type { FakeTerminal } from '#test/ui/terminal.ts'
import { duplicates } from '#ui/keys.ts'
import { endsInError, start } from './cockpit-running.ts'
import { incident } from './overviews.ts'

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
    endsInError(over)
    // A deck that breaks its contract is a bug, and a bug must not leave a broken terminal.
    deck.overview.set(Object.create(null))
    await expect(over).rejects.toThrow()
    expect(restored(terminal)).toBe(true)
    expect(deck.closed()).toBe(true)
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
