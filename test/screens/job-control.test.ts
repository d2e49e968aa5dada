// Stopped and continued by the shell: the terminal is the shell's in between.
import { expect, test } from 'vitest'
import { openCockpit } from '#screens/cockpit/open.tsx'
import { createTerminal } from '#screens/cockpit/terminal.ts'
import { fakeDeck } from '#test/ui/fake-deck.ts'
import { fakeTerminal } from '#test/ui/terminal.ts'
import { createTheme } from '#ui/theme.ts'
import { incident } from './overviews.ts'

test('the terminal is handed back before the process stops and drawn anew after', async () => {
  const deck = fakeDeck()
  deck.overview.set(incident)
  const terminal = fakeTerminal(100, 30)
  const leave = new AbortController()
  let stopNow: () => void = () => expect.fail('nobody listens for the stop')
  let goOn: () => void = () => expect.fail('the process was not stopped')
  let whenStopped = ''
  const over = openCockpit({
    ...{ deck, screen: 'overview', args: [], theme: createTheme({ level: 1, ascii: false }) },
    ...{
      terminal: createTerminal(terminal.stdin, terminal.stdout),
      signal: leave.signal,
      readOnly: false,
      timeZone: 'UTC',
    },
    jobControl: {
      onStop: (listener) => {
        stopNow = listener
        return () => undefined
      },
      stop: () => {
        whenStopped = terminal.written()
        return new Promise((resolve) => {
          goOn = resolve
        })
      },
    },
  })
  await terminal.until((text) => text.includes('enter open'))
  const frame = terminal.text()
  stopNow()
  await expect.poll(() => whenStopped).not.toBe('')
  expect(whenStopped.lastIndexOf('[?1049l')).toBeGreaterThan(whenStopped.lastIndexOf('[?1049h'))
  expect(whenStopped.lastIndexOf('[?7h')).toBeGreaterThan(whenStopped.lastIndexOf('[?7l'))
  goOn()
  await terminal.until((text) => text === frame)
  leave.abort()
  await over
  expect(terminal.written().lastIndexOf('[?1049l')).toBeGreaterThan(terminal.written().lastIndexOf('[?1049h'))
})
