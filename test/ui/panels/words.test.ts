// The small parts of panels: colour words, markdown, large digits, the values of a stat.
import { describe, expect, test } from 'vitest'
import { bigDigits } from '#ui/charts/panels/big.ts'
import { inkOfColour, roleOfColour, roleOfValue } from '#ui/charts/panels/colour.ts'
import { fitColumns } from '#ui/charts/panels/columns.ts'
import { htmlText, markdownLines } from '#ui/charts/panels/markdown.ts'
import { greatestBounds, valuesOf } from '#ui/charts/panels/values.ts'
import { paintInk } from '#ui/ink.ts'
import { createTheme } from '#ui/theme.ts'
import { config, data, frame, numbers, reduce, room, series, steps, strings } from './parts.ts'

describe('colour words', () => {
  test.each([
    ['red', 'bad'],
    ['dark-red', 'bad'],
    ['super-light-red', 'bad'],
    ['#F2495C', 'bad'],
    ['#d44a3a', 'bad'],
    ['rgba(245, 54, 54, 0.9)', 'bad'],
    ['semi-dark-orange', 'warn'],
    ['#FF9830', 'warn'],
    ['rgba(237, 129, 40, 0.89)', 'warn'],
    ['yellow', 'warn'],
    ['#EAB839', 'warn'],
    ['green', undefined],
    ['#73BF69', undefined],
    ['rgba(50, 172, 45, 0.97)', undefined],
    ['blue', undefined],
    ['purple', undefined],
    ['#B877D9', undefined],
    ['text', undefined],
    ['transparent', undefined],
    ['#808080', undefined],
    ['no colour at all', undefined],
    ['constructor', undefined],
    [undefined, undefined],
  ])('%s is %s', (word, role) => {
    expect(roleOfColour(word)).toBe(role)
  })

  test('what a series has anyway means nothing, what a threshold gives does', () => {
    const fixed = config({ colour: { mode: 'fixed', fixed: 'red' } })
    const shown = { text: '1', prefix: '', suffix: '', colour: 'red' }
    expect(roleOfValue(shown, fixed)).toBeUndefined()
    expect(roleOfValue(shown, config(steps(1, 2)))).toBe('bad')
  })

  test('the colour itself only where the terminal has it', () => {
    const full = createTheme({ level: 3, ascii: false })
    const at = (level: 0 | 1 | 2 | 3) => inkOfColour('#73BF69', createTheme({ level, ascii: false }))
    expect([at(0), at(1), at(2), at(3)]).toEqual([undefined, undefined, '#73bf69', '#73bf69'])
    expect(paintInk(full, '#73bf69', 'x')).toBe('\u001b[38;2;115;191;105mx\u001b[39m')
    // Too dark and too light ones are brought to where they can be read.
    expect([inkOfColour('#052B51', full), inkOfColour('#FFF899', full)]).toEqual(['#506b85', '#beb972'])
    // 95, 175, 95 is the nearest of the cube: 16 + 36 + 3 * 6 + 1.
    expect(paintInk(createTheme({ level: 2, ascii: false }), '#73bf69', 'x')).toBe(
      '\u001b[38;5;107mx\u001b[39m',
    )
    expect(paintInk(createTheme({ level: 0, ascii: false }), '#73bf69', 'x')).toBe('x')
  })
})

describe('markdown', () => {
  test.each([
    ['## Title ##', 'Title'],
    ['a [link](https://example.org/a_b) here', 'a link here'],
    ['![logo](x.png) after', 'logo after'],
    ['**bold** and *not* and `code`', 'bold and not and code'],
    ['2 * 3 * 4 and a_b_c', '2 * 3 * 4 and a_b_c'],
    ['\\*kept\\*', '*kept*'],
    ['| a | b |', '| a | b |'],
    ['---', undefined],
  ])('%s', (source, text) => {
    expect(markdownLines(source)[0]?.text).toBe(text)
  })

  test('lists have their marks, numbers stay, code is left alone', () => {
    const lines = markdownLines('* one\n  1. two\n```\n**as is**\n```')
    expect(lines.map(({ lead, text }) => lead + text)).toEqual(['- one', '  1. two', '**as is**'])
  })

  test('html is its text', () => {
    const source =
      '<style>p{}</style><h2>Head</h2><p>a&nbsp;&lt;b&gt; <a href="x">link</a><br/>c</p><ul><li>one<li>two</ul><!-- x -->'
    expect(markdownLines(htmlText(source)).map(({ lead, text }) => lead + text)).toEqual([
      'Head',
      '',
      'a <b> link',
      'c',
      '',
      '- one',
      '- two',
    ])
  })
})

test('large digits are of one width in three lines, and only what has a form is large', () => {
  expect(bigDigits('1.5')).toEqual(['▄█    █▀▀', ' █    ▀▀█', '▀▀▀ ▀ ▀▀▀'])
  expect(new Set(bigDigits('-10.45')?.map((line) => line.length)).size).toBe(1)
  expect(bigDigits('up')).toBeUndefined()
  expect(bigDigits('')).toBeUndefined()
})

describe('the values of a stat', () => {
  const names = (fields: string) =>
    valuesOf(
      { ...reduce, fields },
      data([series('cpu', (i) => i), series('mem', () => 7)]),
      room(80, 10),
      greatestBounds,
    ).map(({ name, text }) => `${name} ${text}`)

  test('are those of the fields that are asked for', () => {
    expect(names('')).toEqual(['cpu 120', 'mem 7'])
    expect(names('mem')).toEqual(['mem 7'])
    expect(names('/^c/')).toEqual(['cpu 120'])
  })

  test('or each row, by its texts, so many at the most', () => {
    const table = frame('A', [strings('pod', ['a', 'b', 'c']), numbers('Value', [1, undefined, 3])])
    const all = valuesOf({ ...reduce, all: true, most: 2 }, data([table]), room(80, 10), greatestBounds)
    expect(all.map(({ name, text }) => [name, text])).toEqual([
      ['a', '1'],
      ['b', '–'],
    ])
  })
})

test('columns give way to one another before one is left out', () => {
  const widths = (all: readonly number[], room: number) => {
    const { columns, dropped } = fitColumns(
      all.map((width) => ({ width })),
      room,
    )
    return [columns.map(({ width }) => width), dropped]
  }
  expect(widths([10, 5, 5], 80)).toEqual([[10, 5, 5], 0])
  expect(widths([40, 5, 5], 30)).toEqual([[16, 5, 5], 0])
  expect(widths([40, 40, 5], 30)).toEqual([[10, 10, 5], 0])
  expect(widths([9, 9, 9, 9], 20)).toEqual([[7, 7], 2])
})
