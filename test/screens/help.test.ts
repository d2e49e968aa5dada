// The help page over a screen.
import { describe, expect, test } from 'vitest'
import { start } from './cockpit-running.ts'
import { podRow, rowsOf } from './rows.ts'

describe('the help over a screen', () => {
  test('the help has every key of the screen and of the cockpit', async () => {
    const { terminal } = await start(100, 45)
    terminal.press('?')
    const text = await terminal.until((shown) => shown.includes('everywhere'))
    expect(text).toContain('open what the line speaks of')
    expect(text).toContain('ctrl-c')
    terminal.press('\u001b')
    await terminal.until((shown) => shown.includes('what is wrong'))
  })

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
