import { describe, expect, test } from 'vitest'
import { footerLine, helpLines } from '#ui/footer.ts'
import { createKeyHub, type KeyLayer, shownBindings } from '#ui/key-hub.ts'
import { duplicates, keyLabel, keyNames, type Press, splitSequence } from '#ui/keys.ts'
import { complete, entryOf, parseCommand } from '#ui/palette.ts'
import { width } from '#ui/text.ts'
import { createTheme } from '#ui/theme.ts'

const plain = createTheme({ level: 0, ascii: false })
const nothing: Press = {
  ...{
    upArrow: false,
    downArrow: false,
    leftArrow: false,
    rightArrow: false,
    pageDown: false,
    pageUp: false,
  },
  ...{ home: false, end: false, return: false, escape: false, ctrl: false, shift: false, tab: false },
  ...{ backspace: false, delete: false, meta: false },
}

describe('keyNames', () => {
  test.each([
    ['j', {}, ['j']],
    ['G', { shift: true }, ['G']],
    ['', { downArrow: true }, ['down']],
    ['', { tab: true, shift: true }, ['shift-tab']],
    ['f', { ctrl: true }, ['ctrl-f']],
    [' ', {}, ['space']],
    ['x', { meta: true }, ['esc', 'x']],
    ['jj\r', {}, ['j', 'j', 'enter']],
    ['up\t\u0001\u007f', {}, ['u', 'p', 'tab', 'ctrl-a', 'backspace']],
    ['\t\tj', {}, ['tab', 'tab', 'j']],
    ['j', { eventType: 'release' }, []],
  ] as const)('%j %j is %j', (input, press, expected) => {
    expect(keyNames(input, { ...nothing, ...press })).toEqual(expected)
  })
})

test.each([
  ['[B', ['down']],
  ['OA', ['up']],
  ['[5~', ['pgup']],
  ['[1;5C', []],
  ['[', undefined],
  ['O', undefined],
  ['hello', undefined],
])('after an escape %j is %j', (input, expected) => expect(splitSequence(input)).toEqual(expected))

test('duplicates finds a key that two bindings claim', () => {
  const one = { keys: ['a', 'b'], action: 'one', label: 'one' }
  const two = { keys: ['b'], action: 'two', label: 'two' }
  expect(duplicates([one, two])).toEqual(['b'])
  expect(duplicates([one])).toEqual([])
})

test('a capital is written with its shift', () => {
  expect([keyLabel('G'), keyLabel('g'), keyLabel('ctrl-c')]).toEqual(['shift-g', 'g', 'ctrl-c'])
})

describe('the hub', () => {
  function layer(title: string, keys: string[], off: Record<string, string> = {}) {
    const ran: string[] = []
    const made: KeyLayer = {
      title,
      bindings: keys.map((key) => ({ keys: [key], action: `do-${key}`, label: key })),
      off,
      run: (action) => ran.push(action),
    }
    return { made, ran }
  }

  test('asks the newest layer first, and the one below for what it does not know', () => {
    const hub = createKeyHub()
    const below = layer('below', ['a', 'b'])
    const above = layer('above', ['a'])
    hub.put(below.made, undefined)
    hub.put(above.made, undefined)
    hub.press('a')
    hub.press('b')
    expect([above.ran, below.ran]).toEqual([['do-a'], ['do-b']])
    expect(hub.press('z')).toEqual({ type: 'unknown' })
  })

  test('a layer that changes keeps its place, one that goes is asked no more', () => {
    const hub = createKeyHub()
    const below = layer('below', ['a'])
    const above = layer('above', ['a'])
    hub.put(below.made, undefined)
    hub.put(above.made, undefined)
    const changed = layer('below again', ['a'])
    hub.put(changed.made, below.made)
    expect(hub.layers().map((one) => one.title)).toEqual(['above', 'below again'])
    hub.remove(above.made)
    hub.press('a')
    expect(changed.ran).toEqual(['do-a'])
  })

  test('a key that is off does nothing and says why', () => {
    const hub = createKeyHub()
    const { made, ran } = layer('pods', ['d'], { 'do-d': 'read-only' })
    hub.put(made, undefined)
    expect(hub.press('d')).toEqual({ type: 'off', why: 'read-only' })
    expect(ran).toEqual([])
    expect(shownBindings(made)[0]?.off).toBe('read-only')
  })
})

describe('the footer', () => {
  const bindings = [
    { keys: ['l'], action: 'logs', label: 'logs', footer: 2 },
    { keys: ['enter'], action: 'open', label: 'open', footer: 1 },
    { keys: ['x'], action: 'hidden', label: 'hidden' },
    { keys: ['d'], action: 'delete', label: 'delete', footer: 3, off: 'read-only' },
  ]

  test('shows the most useful keys first, as many as fit, and fills its line', () => {
    expect(footerLine(bindings, 40, plain)).toBe(' enter open  l logs  d delete           ')
    expect(footerLine(bindings, 20, plain)).toBe(' enter open  l logs ')
    expect(footerLine(bindings, 8, plain)).toBe('        ')
  })

  test('a key that is off is dim', () => {
    expect(footerLine(bindings, 40, createTheme({ level: 1, ascii: false }))).toContain(
      '\u001b[2md delete\u001b[22m',
    )
  })

  test('the help has every key, and why one is off', () => {
    const lines = helpLines([{ title: 'pods', bindings }], 50, plain)
    expect(lines[0]).toBe(' pods')
    expect(lines).toHaveLength(5)
    expect(lines.at(-1)).toContain('(off: read-only)')
    expect(Math.max(...lines.map(width))).toBeLessThanOrEqual(50)
  })
})

describe('the palette', () => {
  const entries = [
    { name: 'pods', aliases: ['po'], help: '' },
    { name: 'podsecuritypolicies', aliases: ['psp'], help: '' },
    { name: 'nodes', aliases: ['no'], help: '' },
    { name: 'ns', aliases: ['namespace'], help: '', values: ['all', 'shop', 'observability'] },
  ]
  const names = (line: string) => complete(entries, line, 5).map((suggestion) => suggestion.line)

  test('an exact name is first, then beginnings, then what is alike', () => {
    expect(names('po')).toEqual(['pods', 'podsecuritypolicies'])
    expect(names('no')[0]).toBe('nodes')
    expect(names('odes')).toEqual(['nodes'])
    expect(names('')).toHaveLength(4)
    expect(names('zzz')).toEqual([])
  })

  test('arguments are completed from the values', () => {
    expect(names('ns s')).toEqual(['ns shop', 'ns observability'])
    expect(names('ns ')).toEqual(['ns all', 'ns shop', 'ns observability'])
  })

  test('a name is found by alias or by a beginning that only one has', () => {
    expect(entryOf(entries, 'po')?.name).toBe('pods')
    expect(entryOf(entries, 'node')?.name).toBe('nodes')
    expect(entryOf(entries, 'pod')).toBeUndefined()
    expect(parseCommand(':ns shop')).toEqual({ name: 'ns', args: ['shop'], rest: 'shop' })
    expect(parseCommand('metrics a{b="c  d"} ')).toMatchObject({ rest: 'a{b="c  d"}' })
    expect(parseCommand('  ')).toBeUndefined()
  })
})
