// Golden frames of every kind of panel, from one that fills a wide terminal to one that hardly is one.
import { describe, expect, test } from 'vitest'
import { expectFrame } from '#test/screens/frames.ts'
import { renderTitledPanel } from '#ui/charts/panels/panel.ts'
import { width } from '#ui/text.ts'
import { createTheme } from '#ui/theme.ts'
import { room } from './parts.ts'
import { states } from './states.ts'

const sizes = [
  [100, 16],
  [48, 10],
  [10, 3],
] as const

describe.each(Object.entries(states))('%s', (name, { panel, data, room: more }) => {
  test.each(sizes)('at %ix%i', (columns, rows) => {
    const lines = renderTitledPanel(panel, data, room(columns, rows, more))
    expect(lines.map(width)).toEqual(new Array(rows).fill(columns))
    expectFrame(`panels/${name}@${columns}x${rows}`, lines.map((line) => line.trimEnd()).join('\n'), columns)
  })

  test('in ASCII', () => {
    const theme = createTheme({ level: 0, ascii: true })
    const lines = renderTitledPanel(panel, data, room(48, 10, { ...more, theme }))
    expect(lines.join('')).toMatch(/^\p{ASCII}*$/u)
    expectFrame(`panels/${name}-ascii@48x10`, lines.map((line) => line.trimEnd()).join('\n'), 48)
  })
})
