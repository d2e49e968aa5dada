// Where the keys take the shared range.
import { expect, test } from 'vitest'
import { movedRange, steppedRange } from '#model/range-steps.ts'

const minute = 60_000
const hour = 60 * minute
const now = 1_000 * hour + 25_000

test('half a range earlier, at a whole minute; later leads back to now', () => {
  const live = { span: hour }
  const earlier = movedRange(live, 'earlier', now)
  expect(earlier).toEqual({ span: hour, to: 1_000 * hour - 30 * minute })
  expect(movedRange(earlier, 'earlier', now)).toEqual({ span: hour, to: 1_000 * hour - hour })
  expect(movedRange(earlier, 'later', now + minute)).toEqual({ span: hour, to: 1_000 * hour })
  expect(movedRange(earlier, 'later', now - 25_000)).toEqual(live)
  expect(movedRange(live, 'later', now)).toEqual(live)
})

test('an absolute end holds while the range grows and shrinks, from five minutes to fourteen days', () => {
  const held = { span: hour, to: 5 * hour }
  expect(steppedRange(held, 'longer')).toEqual({ span: 3 * hour, to: 5 * hour })
  expect(steppedRange(held, 'shorter')).toEqual({ span: 15 * minute, to: 5 * hour })
  expect(steppedRange({ span: 336 * hour }, 'longer')).toEqual({ span: 336 * hour })
  expect(steppedRange({ span: 5 * minute }, 'shorter')).toEqual({ span: 5 * minute })
})
