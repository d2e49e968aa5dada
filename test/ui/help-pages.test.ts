// The help in columns: every key once, nothing wider than the terminal, no title parted from its keys.
import { describe, expect, test } from 'vitest'
import type { HelpSection } from '#ui/footer.ts'
import { helpPages } from '#ui/help-pages.ts'
import { width } from '#ui/text.ts'
import { createTheme } from '#ui/theme.ts'

const plain = createTheme({ level: 0, ascii: false })

const section = (title: string, count: number): HelpSection => ({
  title,
  bindings: Array.from({ length: count }, (_, index) => ({
    keys: [`${title[0]}`],
    action: `${title}${index}`,
    label: `${title}-${index}`,
    help: `${title} sentence ${index} of some length that is wrapped where it is narrow`,
  })),
})
const sections = [section('pods', 14), section('everywhere', 17), section('table', 9)]

describe.each([
  [80, 20],
  [120, 20],
  [120, 40],
  [200, 20],
  [200, 47],
  [40, 6],
])('at %i×%i', (columns, rows) => {
  const pages = helpPages(sections, { columns, rows }, plain)
  const text = pages.flat().join('\n')

  test('every key is there once, in its order down the columns', () => {
    for (const { title, bindings } of sections) {
      for (const [index] of bindings.entries()) {
        expect(text.split(new RegExp(`${title} sentence ${index}\\b`)).length - 1).toBe(1)
      }
    }
  })

  test('no page is larger than the terminal', () => {
    for (const page of pages) {
      expect(page.length).toBeLessThanOrEqual(rows)
      expect(Math.max(...page.map(width))).toBeLessThanOrEqual(columns)
    }
  })

  test('no title is last, and no column begins with nothing', () => {
    for (const page of pages) {
      expect(page[0]?.trim()).not.toBe('')
      expect(page.at(-1)?.trim()).not.toMatch(/^(pods|everywhere|table)$/)
    }
  })
})

test('what fits stands in one column, and a wide terminal needs one page for what a small one has two of', () => {
  expect(helpPages([section('pods', 3)], { columns: 200, rows: 40 }, plain)).toHaveLength(1)
  expect(helpPages([section('pods', 3)], { columns: 200, rows: 40 }, plain)[0]).toHaveLength(4)
  expect(helpPages(sections, { columns: 200, rows: 30 }, plain)).toHaveLength(1)
  expect(helpPages(sections, { columns: 80, rows: 30 }, plain)).toHaveLength(2)
})
