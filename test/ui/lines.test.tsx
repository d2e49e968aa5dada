// The components that everything is drawn with, rendered in a fake terminal of a hundred columns.
import { render } from 'ink-testing-library'
import { expect, test } from 'vitest'
import { Line, Lines } from '#ui/Line.tsx'

test('a line is one row, also when it is empty or too long', () => {
  const { lastFrame } = render(<Lines lines={['first', '', 'x'.repeat(150), 'never seen']} rows={3} />)
  const rows = lastFrame()?.split('\n') ?? []
  expect(rows).toHaveLength(3)
  expect(rows[0]).toBe('first')
  expect(rows[1]?.trim()).toBe('')
  expect(rows[2]).toHaveLength(100)
})

test('a changed line is drawn anew, an unchanged tree draws nothing', () => {
  const { frames, rerender, lastFrame } = render(<Line text="one" />)
  const drawn = frames.length
  rerender(<Line text="one" />)
  expect(frames.slice(drawn).every((frame) => frame === 'one')).toBe(true)
  rerender(<Line text="two" />)
  expect(lastFrame()).toBe('two')
})
