import xterm from '@xterm/headless'
import { expect, test } from 'vitest'
import { pngOf, svgOf } from '#test/ui/picture.ts'

test('a picture has the text, the colours, dim, bold and reverse of the screen', async () => {
  const screen = new xterm.Terminal({ cols: 12, rows: 2, allowProposedApi: true })
  await new Promise<void>((done) =>
    screen.write('\u001b[31mx\u001b[0m\u001b[2md\u001b[0m\u001b[1mb\u001b[0m\u001b[7m<\u001b[0m', done),
  )
  const svg = svgOf(screen)
  expect(svg).toContain('fill="#cd3131">x</text>')
  expect(svg).toMatch(/opacity="0.55">d</)
  expect(svg).toMatch(/font-weight="bold">b</)
  expect(svg).toMatch(/<rect x="24" [^>]*fill="#c8ccd0"\/><text x="24" [^>]*fill="#101418">&lt;</)
  expect([...pngOf(screen).slice(1, 4)]).toEqual([...Buffer.from('PNG')])
})
