// Styled lines as a picture.
import { expect, test } from 'vitest'
import { pngOfSvg } from '#test/ui/picture.ts'
import { linesToSvg } from '#ui/svg/lines.ts'
import { createTheme } from '#ui/theme.ts'

const theme = createTheme({ level: 1, ascii: false })
const full = createTheme({ level: 3, ascii: false })

test('every character stands in its cell, with its colour and weight', () => {
  const svg = linesToSvg([
    `a ${theme.paint('bad', 'xy')}${theme.paint('dim', 'd')}`,
    theme.paint('bold', 'b'),
  ])
  expect(svg).toContain('width="40" height="34"')
  expect(svg).toMatch(/<text x="0" y="13" fill="#c8ccd0">a</)
  expect(svg).toMatch(/<text x="16 24" y="13" fill="#cd3131">xy</)
  expect(svg).toMatch(/<text x="32" y="13" [^>]*opacity="0.55">d</)
  expect(svg).toMatch(/<text x="0" y="30" [^>]*font-weight="bold">b</)
})

test('what is closed is closed', () => {
  const svg = linesToSvg([`${full.paint('warn', 'w')}p${full.paint('series3', 's')}`])
  expect([...svg.matchAll(/fill="(#\w+)">(\w)</g)].map((match) => [match[2], match[1]])).toEqual([
    ['w', '#cd8c14'],
    ['p', '#c8ccd0'],
    ['s', '#5a87d7'],
  ])
})

test('the selected row is reversed', () => {
  expect(linesToSvg([theme.select(' row')])).toMatch(
    /<rect x="0" y="0" width="32" [^>]*fill="#c8ccd0"\/><text [^>]*fill="#101418">/,
  )
})

test('wide characters take two cells, and markup stays text', () => {
  const svg = linesToSvg(['数<&'], { title: '<t>', columns: 10 })
  expect(svg).toContain('width="80"')
  expect(svg).toContain('<text x="0 16 24" y="13" fill="#c8ccd0">数&lt;&amp;</text>')
  expect(svg).toContain('<title>&lt;t&gt;</title>')
})

test('a renderer takes it', () => {
  expect([...pngOfSvg(linesToSvg(['a', theme.paint('warn', '▲ ⣿')])).slice(1, 4)]).toEqual([
    ...Buffer.from('PNG'),
  ])
})

test('a title holds no control characters', () => {
  expect(linesToSvg(['x'], { title: 'a\u001b[2Jb\u0007 & c' })).toMatch(
    /<title>[\x20-\x7e]*b[\x20-\x7e]* &amp; c<\/title>/,
  )
})
