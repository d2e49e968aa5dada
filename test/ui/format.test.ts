import { expect, test } from 'vitest'
import { age, bitRate, bytes, cores, count, digits, ofLimit, percent, si } from '#ui/format.ts'

const Mi = 1024 ** 2
const Gi = 1024 ** 3

test.each([
  [0, '0'],
  [0.041234, '0.0412'],
  [2, '2'],
  [2.104, '2.1'],
  [11.84, '11.8'],
  [1204, '1204'],
  [Number.NaN, 'NaN'],
  [Number.POSITIVE_INFINITY, '+Inf'],
])('digits(%d) is %s', (value, expected) => expect(digits(value)).toBe(expected))

test.each([
  [0, '0'],
  [0.001, '<0.01'],
  [0.02, '0.02'],
  [0.3142, '0.31'],
  [2.104, '2.1'],
  [11.84, '11.8'],
  [128.4, '128'],
])('cores(%d) is %s', (value, expected) => expect(cores(value)).toBe(expected))

test.each([
  [0, '0'],
  [812, '812'],
  [118 * Mi, '118Mi'],
  [999.9 * Mi, '1000Mi'],
  [1001 * Mi, '0.978Gi'],
  [7.9 * Gi, '7.9Gi'],
  [8 * Gi, '8Gi'],
  [160 * Gi, '160Gi'],
])('bytes(%d) is %s', (value, expected) => expect(bytes(value)).toBe(expected))

test.each([
  [999, '999'],
  [999.6, '1k'],
  [1204, '1.2k'],
  [4_000_000, '4M'],
])('si(%d) is %s', (value, expected) => expect(si(value)).toBe(expected))

test('a link speed is in bits', () => {
  expect(bitRate(39_000_000)).toBe('312 Mb/s')
  expect(bitRate(0)).toBe('0 b/s')
})

test.each([
  [0, '0 %'],
  [0.003, '0.3 %'],
  [0.41, '41 %'],
  [0.9994, '100 %'],
  [1.2, '120 %'],
])('percent(%d) is %s', (value, expected) => expect(percent(value)).toBe(expected))

test('what is used stands in the unit of its limit, or in its own where that would be a fraction', () => {
  expect(ofLimit(7.9 * Gi, 8 * Gi, bytes)).toBe('7.9/8Gi')
  expect(ofLimit(118 * Mi, 256 * Mi, bytes)).toBe('118/256Mi')
  expect(ofLimit(900 * Mi, 8 * Gi, bytes)).toBe('900Mi/8Gi')
  expect(ofLimit(0.5, 2, cores)).toBe('0.5/2')
  expect(ofLimit(0.5, undefined, cores)).toBe('0.5')
})

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
test.each([
  [-5000, '<1m'],
  [59_000, '<1m'],
  [4 * minute + 30_000, '4m'],
  [95 * minute, '95m'],
  [3 * hour + 12 * minute, '3h12m'],
  [5 * hour, '5h'],
  [13 * hour, '13h'],
  [2 * day + 4 * hour, '2d4h'],
  [12 * day, '12d'],
  [3 * 365 * day + 40 * day, '3y40d'],
])('age(%d) is %s', (milliseconds, expected) => expect(age(milliseconds)).toBe(expected))

test('count agrees with its noun', () => {
  expect([count(0, 'node'), count(1, 'node'), count(3, 'node')]).toEqual(['0 nodes', '1 node', '3 nodes'])
})
