// Regular expressions of dashboards: what they match, and that no hostile one takes for ever.
import { expect, test } from 'vitest'
import { longestFor } from '#model/dashboard/regex-cost.ts'
import { safeRegex } from '#model/dashboard/safe-regex.ts'

test.each<[string, 'whole' | 'anywhere', string, boolean]>([
  ['/b/', 'whole', 'abc', true],
  ['b', 'whole', 'abc', false],
  ['b', 'anywhere', 'abc', true],
  ['.*b.*', 'whole', 'abc', true],
  ['a|abc', 'whole', 'abc', true],
  ['/B/i', 'whole', 'abc', true],
  // A slash within the pattern needs no backslash.
  ['/a/(.*)/', 'whole', 'a/b', true],
  ['(?!grafana).+', 'whole', 'home', true],
  ['(?!grafana).+', 'whole', 'grafana-cloud', false],
])('%s (%s) on %s: %s', (pattern, bare, text, found) => {
  expect(safeRegex(pattern, bare)?.test(text)).toBe(found)
})

// Such as real dashboards have.
test.each([
  '/namespace="(?<text>[^"]+)/g',
  '/.*namespace="([^"]*).*/',
  '/\\w+?route\\/.*?\\/.*?\\/rule\\/(.*)/',
  '/(?:Read|Write)s? (?:total|[a-z]{2,4})$/',
  '.*[0-9]{1,3}',
])('%s is taken, for texts of a hundred letters and more', (pattern) => {
  expect(safeRegex(pattern, 'anywhere')).toBeDefined()
  expect(longestFor(pattern.replace(/^\/|\/g?$/g, ''))).toBeGreaterThan(100)
})

test.each([
  '(a+)+$',
  '(a|a)*$',
  '((a|b)c)+',
  '(\\w*x)*',
  '(a?){40}a{40}',
  '(a{1,50}){1,50}$',
  '([a-z]+)*\\d',
  'a?'.repeat(30) + 'a'.repeat(30),
  'x'.repeat(2000),
  '(',
  '[',
])('%s is refused', (pattern) => {
  expect(safeRegex(pattern, 'anywhere')).toBeUndefined()
})

test('many repetitions see only as much of a text as they can share in a moment', () => {
  const text = 'a'.repeat(5000)
  for (const pattern of ['.*.*.*=x', '.*.*.*.*.*.*=x', `${'.*'.repeat(12)}=x`, '\\w+\\w+\\w+\\w+$x'])
    expect(safeRegex(pattern, 'anywhere')?.test(text)).toBe(false)
})

test('where nothing must follow a repetition, the whole of a long text is seen', () => {
  const labels = `x{${'a="b",'.repeat(100)}namespace="shop",z="y"}`
  const [found] = safeRegex('/.*namespace="([^"]*).*/', 'whole')?.match(labels) ?? []
  expect(found?.[1]).toBe('shop')
})

test('what is beyond is kept when a text is rewritten', () => {
  const long = 'x'.repeat(3000)
  expect(safeRegex('/^x/', 'anywhere')?.replace(long, 'y')).toBe(`y${long.slice(1)}`)
})
