import { expect, test } from 'vitest'
import { nearest } from '#model/nearest.ts'

test.each([
  ['quer', 'query'],
  ['demoo', 'demo'],
  ['Get', 'get'],
  ['completoin', 'completion'],
  ['gte', 'get'],
  ['xyzzy', undefined],
  ['', undefined],
])('%s is probably %s', (word, meant) => {
  expect(nearest(word, ['demo', 'get', 'query', 'completion'])).toBe(meant)
})
