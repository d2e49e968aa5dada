// What is changed in Ink as it is bundled draws what Ink would have drawn, cell by cell, as a terminal shows it.
import xterm from '@xterm/headless'
import { describe, expect, test } from 'vitest'
import { cellUpdate } from '../../.config/ink/cell-update.ts'
import { Rows } from '../../.config/ink/rows.ts'
import Output from '../../node_modules/ink/build/output.js'

const columns = 40
const height = 6

/** A generator of our own, so that a failure can be seen again. */
function seeded(seed: number) {
  let state = seed
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  return { next, below: (count: number) => Math.floor(next() * count) }
}
type Random = ReturnType<typeof seeded>

const colours = [
  ['\u001b[31m', '\u001b[39m'],
  ['\u001b[38;5;208m', '\u001b[39m'],
  ['\u001b[38;2;1;2;3m', '\u001b[39m'],
  ['\u001b[1m', '\u001b[22m'],
  ['\u001b[2m', '\u001b[22m'],
  ['\u001b[7m', '\u001b[27m'],
  ['\u001b[44m', '\u001b[49m'],
  ['\u001b[4m', '\u001b[0m'],
] as const
const words = ['pod', ' ', '  ', '●✗', '⣀⣠', '12.5Gi', '–', 'x', '          ']
const wideWords = [...words, '日本', '🙂']

function line(random: Random, from: readonly string[], most: number): string {
  let text = ''
  for (let count = random.below(most); count > 0; count--) {
    const word = from[random.below(from.length)] ?? ''
    const [on, off] = colours[random.below(colours.length)] ?? ['', '']
    text += random.next() < 0.5 ? word : `${on}${word}${off}`
  }
  return text
}

/** Every cell that a terminal shows of these bytes: sign, colours, attributes. */
async function cells(bytes: string): Promise<string[]> {
  const terminal = new xterm.Terminal({ cols: columns, rows: height + 1, allowProposedApi: true })
  await new Promise<void>((resolve) => terminal.write(bytes, resolve))
  const shown: string[] = []
  for (let y = 0; y < height; y++) {
    const row = terminal.buffer.active.getLine(y)
    for (let x = 0; x < columns; x++) {
      const cell = row?.getCell(x)
      const sign = cell?.getChars() || ' '
      const style = [cell?.isBold(), cell?.isDim(), cell?.isInverse(), cell?.isUnderline()]
        .map(Number)
        .join('')
      const foreground = `${cell?.getFgColorMode()}/${cell?.getFgColor()}`
      const background = `${cell?.getBgColorMode()}/${cell?.getBgColor()}`
      shown.push(`${y},${x} ${sign} ${style} ${foreground} ${background}`)
    }
  }
  terminal.dispose()
  return shown
}
const frame = (output: string) => cells(output.replaceAll('\n', '\r\n'))

describe('a frame', () => {
  const fill = (output: Output, random: Random, from: readonly string[]) => {
    output.clip({ x1: 0, x2: columns, y1: 0, y2: height - 1 })
    for (let y = 0; y < height; y++) {
      if (random.next() < 0.2) continue
      const x = random.next() < 0.3 ? random.below(12) : 0
      const options = { transformers: random.next() < 0.2 ? [(text: string) => `<${text}>`] : [] }
      output.write(x, y, line(random, from, 6), options)
      if (random.next() < 0.2) output.write(random.below(20), y, line(random, from, 3), { transformers: [] })
      if (random.next() < 0.1) output.write(2, y, 'one\ntwo', { transformers: [] })
    }
    output.unclip()
    return output.get()
  }

  test.each([
    ['of one-cell signs', words],
    ['with wide signs', wideWords],
  ])('%s is the frame that Ink draws', async (_, from) => {
    for (let seed = 1; seed <= 150; seed++) {
      const ours = fill(new Rows({ width: columns, height }), seeded(seed), from)
      const theirs = fill(new Output({ width: columns, height }), seeded(seed), from)
      expect(ours.height, `seed ${seed}`).toBe(theirs.height)
      expect(await frame(ours.output), `seed ${seed}`).toEqual(await frame(theirs.output))
    }
  })
})

describe('the update of a line', () => {
  test('leads from any line to any other', async () => {
    let taken = 0
    for (let seed = 1; seed <= 400; seed++) {
      const random = seeded(seed)
      const [before, after] = [line(random, words, 5), line(random, words, 5)].map((one) => one.trimEnd())
      const update = cellUpdate(before ?? '', after ?? '', columns)
      if (update === undefined) continue
      taken++
      expect(await cells(`${before}${update}`), `seed ${seed}`).toEqual(await cells(after ?? ''))
    }
    expect(taken).toBeGreaterThan(300)
  })

  test('sends the cells that changed, and nothing else', () => {
    const update = cellUpdate(
      'cart-1  \u001b[31m3\u001b[39m  Running  4m',
      'cart-1  \u001b[31m4\u001b[39m  Running  4m',
      80,
    )
    expect(update).toBe('\u001b[9G\u001b[31m4\u001b[0m')
    expect(cellUpdate('a longer line', 'a long', 80)).toBe('\u001b[7G\u001b[K')
  })

  test('is left to Ink where a sign has another width, or does something else', () => {
    expect(cellUpdate('日本', 'abc', 80)).toBeUndefined()
    expect(cellUpdate('abc', '\u001b]8;;x\u0007abc', 80)).toBeUndefined()
    expect(cellUpdate('abc', 'x'.repeat(81), 80)).toBeUndefined()
  })
})
