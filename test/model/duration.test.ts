import { expect, test } from 'vitest'
import { formatSpan, parseSpan } from '#model/duration.ts'

test.each([
  ['90s', 90_000],
  ['1h30m', 5_400_000],
  ['2d', 172_800_000],
  ['1w', 604_800_000],
  ['250ms', 250],
  ['1m1h', undefined],
  ['1h 30m', undefined],
  ['0s', undefined],
  ['soon', undefined],
  ['', undefined],
])('%j', (text, milliseconds) => {
  expect(parseSpan(text)).toBe(milliseconds)
})

test.each([
  [5_400_000, '1h30m'],
  [86_400_000, '1d'],
  [90_000, '1m30s'],
  [0, '0s'],
])('%d', (milliseconds, text) => {
  expect(formatSpan(milliseconds)).toBe(text)
})
