// What a terminal, a paste and a slow line make of keys.
import { describe, expect, test } from 'vitest'
import { start } from './cockpit-running.ts'

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
