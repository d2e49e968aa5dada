import { describe, expect, test } from 'vitest'
import { type Column, headerLine, layOut, rowLine, sizeClass } from '#ui/columns.ts'
import { width } from '#ui/text.ts'
import { createTheme } from '#ui/theme.ts'

interface Pod {
  readonly name: string
  readonly status: string
  readonly cpu: string
}

const columns: readonly Column<Pod>[] = [
  { id: 'name', header: 'name', get: (pod) => pod.name, width: 10, grow: 1, cut: 'middle' },
  {
    id: 'status',
    header: 'status',
    get: (pod) => pod.status,
    width: 8,
    tone: (pod) => (pod.status === 'Running' ? undefined : 'bad'),
  },
  { id: 'node', header: 'node', get: () => 'nuc-3', width: 6, from: 120 },
  { id: 'cpu', header: 'cpu', get: (pod) => pod.cpu, width: 5, align: 'right' },
]
const plain = createTheme({ level: 0, ascii: false })
const pod = { name: 'checkout-7d9f8c-x2x4z', status: 'Running', cpu: '0.02' }

test.each([
  [60, 80],
  [119, 80],
  [120, 120],
  [199, 160],
  [300, 200],
])('%i columns are of class %i', (cells, expected) => expect(sizeClass(cells)).toBe(expected))

describe('layOut', () => {
  test('gives the spare cells to what grows and shows more from a class on', () => {
    expect(layOut(columns, 40, 80).widths).toEqual([23, 8, 5])
    expect(layOut(columns, 60, 120).widths).toEqual([35, 8, 6, 5])
  })

  test('leaves out from the right what does not fit', () => {
    expect(layOut(columns, 22, 80).columns.map((column) => column.id)).toEqual(['name', 'status'])
    expect(layOut(columns, 5, 80).columns.map((column) => column.id)).toEqual(['name'])
  })

  test('never shows what is hidden, whatever the room', () => {
    const [name, status, node, cpu] = columns
    if (!name || !status || !node || !cpu) throw new Error('columns')
    const shown = layOut([name, status, { ...node, hidden: true }, cpu], 200, 200).columns
    expect(shown.map((column) => column.id)).toEqual(['name', 'status', 'cpu'])
  })

  test('shares among several without losing a cell', () => {
    const three = ['a', 'b', 'c'].map((id) => ({ id, header: id, get: () => id, width: 1, grow: 1 }))
    for (let cells = 7; cells < 60; cells++) {
      const widths = layOut(three, cells, 80).widths
      expect(widths.reduce((sum, one) => sum + one, 4)).toBe(cells)
    }
  })
})

describe('a column beside another', () => {
  const line: Column<Pod> = { id: 'line', header: '1h', width: 4, beside: true, get: () => '####' }

  test('stands one cell after it, in the header as in the rows', () => {
    const layout = layOut([...columns, line], 40, 80)
    expect(width(headerLine(layout, plain))).toBe(40)
    expect(headerLine(layout, plain)).toMatch(/ cpu 1h {2}$/)
    expect(rowLine(layout, pod, plain)).toMatch(/ 0\.02 ####$/)
    expect(layout.widths.reduce((sum, one) => sum + one, 2 + 2 + 1)).toBe(40)
  })

  test('is the first to be left out', () => {
    expect(layOut([...columns, line], 31, 80).columns.map((column) => column.id)).toEqual([
      'name',
      'status',
      'cpu',
    ])
    expect(layOut([...columns, line], 32, 80).columns.at(-1)?.id).toBe('line')
  })
})

describe('rowLine', () => {
  test('is exactly as wide as the layout, numbers to the right, names cut in the middle', () => {
    const line = rowLine(layOut(columns, 30, 80), pod, plain)
    expect(width(line)).toBe(30)
    expect(line).toMatch(/^chec.*x4z {2}Running {4}0\.02$/)
  })

  test('colours only what has a tone, and nothing in a plain row', () => {
    const theme = createTheme({ level: 1, ascii: false })
    const layout = layOut(columns, 40, 80)
    const broken = { ...pod, status: 'Error' }
    expect(rowLine(layout, broken, theme)).toContain('\u001b[31mError   \u001b[39m')
    expect(rowLine(layout, pod, theme)).not.toContain('\u001b')
    expect(rowLine(layout, broken, theme, 'plain')).not.toContain('\u001b')
  })

  test('draws no control sequence of a cell', () => {
    expect(rowLine(layOut(columns, 40, 80), { ...pod, name: '\u001b[2Jx' }, plain)).toMatch(/^x {2}/)
  })
})

test('the header is dim, aligned like its cells and marks the sort', () => {
  const header = headerLine(layOut(columns, 40, 80), plain, { id: 'cpu', descending: true })
  expect(header).toBe(`name${' '.repeat(21)}status     cpu↓`)
  expect(headerLine(layOut(columns, 40, 80), createTheme({ level: 1, ascii: false }))).toContain(
    '\u001b[2mname',
  )
})
