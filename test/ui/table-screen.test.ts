// A table on a terminal: what is drawn of many rows, where the cursor stays, what is said where there are none.
import { afterEach, expect, test } from 'vitest'
import type { PodRow } from '#model/kube.ts'
import { openCockpit } from '#screens/cockpit/open.tsx'
import { createTerminal } from '#screens/cockpit/terminal.ts'
import { fakeDeck, fixedNow, rowsAt } from '#test/ui/fake-deck.ts'
import { fakeTerminal } from '#test/ui/terminal.ts'
import { createTheme } from '#ui/theme.ts'

function pod(name: string): PodRow {
  return {
    ...{ uid: name, namespace: 'shop', name, createdAt: fixedNow - 3_600_000, labels: {} },
    ...{
      ready: 1,
      containers: 1,
      status: 'Running',
      phase: 'Running',
      restarts: 0,
      requests: {},
      limits: {},
    },
  }
}

const endings: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of endings.splice(0)) await end()
})

function start() {
  const deck = fakeDeck()
  const terminal = fakeTerminal(100, 20)
  const leave = new AbortController()
  const over = openCockpit({
    ...{ deck, screen: 'pods', args: [], theme: createTheme({ level: 0, ascii: false }) },
    ...{
      terminal: createTerminal(terminal.stdin, terminal.stdout),
      signal: leave.signal,
      readOnly: false,
      timeZone: 'UTC',
    },
  })
  endings.push(async () => {
    leave.abort()
    await over
  })
  return { deck, terminal }
}

test('rows that came behind the others find their place a second later, though nothing else comes', async () => {
  const { deck, terminal } = start()
  const set = (...names: string[]) => deck.pods.set(rowsAt(names.map(pod), fixedNow))
  set('pod-b', 'pod-d')
  await terminal.until((text) => /pod-b.*pod-d/s.test(text))
  set('pod-a', 'pod-b', 'pod-d')
  await terminal.until((text) => /pod-b.*pod-d.*pod-a/s.test(text))
  deck.now.set(fixedNow + 1000)
  await terminal.until((text) => /pod-a.*pod-b.*pod-d/s.test(text))
})

const cursorLine = (text: string) => text.split('\n').findIndex((line) => line.startsWith('>'))

test('the cursor stays on its object and its line while rows come in above', async () => {
  const { deck, terminal } = start()
  const letters = [...'bdfhjlnprt']
  deck.pods.set(
    rowsAt(
      letters.map((letter) => pod(`pod-${letter}`)),
      fixedNow,
    ),
  )
  await terminal.until((text) => text.includes('pod-t'))
  terminal.press('jj')
  const before = await terminal.until((text) => /^> .*pod-f/m.test(text))
  deck.now.set(fixedNow + 2000)
  deck.pods.set(
    rowsAt(
      ['a', 'c', ...letters].map((letter) => pod(`pod-${letter}`)),
      fixedNow,
    ),
  )
  const after = await terminal.until((text) => text.includes('(12)'))
  expect(after).toMatch(/^> .*pod-f/m)
  expect(cursorLine(after)).toBeGreaterThanOrEqual(cursorLine(before))
  terminal.press('k')
  await terminal.until((text) => /^> .*pod-d/m.test(text))
})

test('of ten thousand rows only those on the screen are drawn, and G is the last one', async () => {
  const { deck, terminal } = start()
  const rows = Array.from({ length: 10_000 }, (_, index) => pod(`pod-${String(index).padStart(5, '0')}`))
  deck.pods.set(rowsAt(rows, fixedNow))
  const text = await terminal.until((shown) => shown.includes('pod-00000'))
  expect(text.match(/pod-\d{5}/g)).toHaveLength(15)
  terminal.press('G')
  await terminal.until((shown) => /^> .*pod-09999/m.test(shown))
})

test('why there are no rows is said where they would stand', async () => {
  const { deck, terminal } = start()
  await terminal.until((text) => text.includes('waiting for pods'))
  const gap = { reason: 'forbidden', detail: 'pods forbidden for ben' } as const
  deck.pods.set({ gap, pending: false, failures: 1, phase: 'waiting' })
  await terminal.until((text) => text.includes('pods forbidden for ben'))
  deck.pods.set({ ...rowsAt([pod('pod-a')], fixedNow - 240_000), gap })
  await terminal.until((text) => text.includes('pod-a') && text.includes('4m old: pods forbidden for ben'))
})
