import { expect, test } from 'vitest'
import { humanDuration } from '#model/age.ts'
import { formatBytes, formatCpu, parseQuantity } from '#model/quantity.ts'

test.each([
  ['250m', 0.25],
  ['100m', 0.1],
  ['2', 2],
  ['1.5', 1.5],
  ['.5', 0.5],
  ['512Mi', 536_870_912],
  ['1Gi', 1_073_741_824],
  ['1G', 1e9],
  ['64k', 64_000],
  ['12e6', 12_000_000],
  ['1E', 1e18],
  ['500u', 0.0005],
  ['7n', 7e-9],
  ['-1Ki', -1024],
])('%s is %d', (text, value) => {
  expect(parseQuantity(text)).toBeCloseTo(value, 12)
})

test.each(['', 'lots', '1 Gi', '1KiB', 'Mi', '1.2.3', '0x10', 'NaN'])('%j is no quantity', (text) => {
  expect(parseQuantity(text)).toBeUndefined()
})

test('numbers become quantities that mean the same', () => {
  expect(formatCpu(0.25)).toBe('250m')
  expect(formatCpu(2)).toBe('2')
  expect(formatBytes(536_870_912)).toBe('512Mi')
  expect(formatBytes(1500)).toBe('1500')
  expect(formatBytes(0)).toBe('0')
  for (const bytes of [1, 1024, 1536, 3 * 2 ** 40]) expect(parseQuantity(formatBytes(bytes))).toBe(bytes)
})

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

// The table that kubectl's own HumanDuration is tested by says the same.
test.each([
  [-3 * second, '<invalid>'],
  [-1 * second, '0s'],
  [0, '0s'],
  [999, '0s'],
  [119 * second, '119s'],
  [2 * minute, '2m'],
  [2 * minute + second, '2m1s'],
  [9 * minute + 59 * second, '9m59s'],
  [10 * minute + 30 * second, '10m'],
  [179 * minute, '179m'],
  [3 * hour, '3h'],
  [3 * hour + 12 * minute, '3h12m'],
  [8 * hour + 12 * minute, '8h'],
  [47 * hour, '47h'],
  [48 * hour, '2d'],
  [2 * day + 5 * hour, '2d5h'],
  [12 * day + 5 * hour, '12d'],
  [729 * day, '729d'],
  [731 * day, '2y1d'],
  [730 * day, '2y'],
  [10 * 365 * day, '10y'],
])('%d ms is %s', (milliseconds, text) => {
  expect(humanDuration(milliseconds)).toBe(text)
})
