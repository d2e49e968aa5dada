// The line that is typed: a | stands for the cursor; what each key makes of it, and the part of it that is drawn.
import { describe, expect, test } from 'vitest'
import { drawEditLine, type Edit, edited, inserted, lineOf } from '#ui/line-edit.ts'
import { width } from '#ui/text.ts'
import { createTheme } from '#ui/theme.ts'

const at = (marked: string) => ({ text: marked.replace('|', ''), cursor: marked.indexOf('|') })
const marked = ({ text, cursor }: { text: string; cursor: number }) =>
  `${text.slice(0, cursor)}|${text.slice(cursor)}`

const edits: readonly (readonly [Edit, before: string, after: string])[] = [
  ['left', 'ab|c', 'a|bc'],
  ['left', '|abc', '|abc'],
  ['left', 'a🌡|', 'a|🌡'],
  ['right', 'a|🌡', 'a🌡|'],
  ['right', 'abc|', 'abc|'],
  ['word-left', 'sum(up_total|', 'sum(|up_total'],
  ['word-left', 'sum(|', '|sum('],
  ['word-right', '|sum(up)', 'sum|(up)'],
  ['start', 'ab|c', '|abc'],
  ['end', 'a|bc', 'abc|'],
  ['backspace', 'ab|c', 'a|c'],
  ['backspace', '|abc', '|abc'],
  ['backspace', '🌡|', '|'],
  ['delete', 'a|bc', 'a|c'],
  ['delete', 'abc|', 'abc|'],
  ['delete-word', 'sum(up{job|}', 'sum(up{|}'],
  ['clear', 'ab|c', '|c'],
  ['delete-rest', 'a|bc', 'a|'],
]

test.each(edits)('%s: %s becomes %s', (edit, before, after) => {
  expect(marked(edited(at(before), edit))).toBe(after)
})

test('what is typed or pasted goes in at the cursor, without what a terminal would obey', () => {
  expect(marked(inserted(at('a|c'), 'b'))).toBe('ab|c')
  expect(marked(inserted(at('a|'), '\u001b[31mred\u0007'))).toBe('ared|')
})

describe('drawn', () => {
  const theme = createTheme({ level: 0, ascii: false })
  const bare = (text: string) => text.replaceAll('\u001b[7m', '[').replaceAll('\u001b[27m', ']')

  test('the cursor is on its letter, or behind the last one', () => {
    expect(bare(drawEditLine(at('a|bc'), 8, theme))).toBe('a[b]c     ')
    expect(bare(drawEditLine(lineOf('abc'), 8, theme))).toBe('abc[ ]    ')
  })

  test('of a long line the part around the cursor is seen, always as wide as asked', () => {
    const long = 'sum by (namespace) (rate(container_cpu_usage_seconds_total[5m]))'
    for (let cursor = 0; cursor <= long.length; cursor++) {
      const text = drawEditLine({ text: long, cursor }, 20, theme)
      expect(width(text)).toBe(20)
      expect(bare(text)).toContain(`[${long[cursor] ?? ' '}]`)
    }
  })
})
