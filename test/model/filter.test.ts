import { expect, test } from 'vitest'
import { filterFor, matches, parseFilter } from '#model/filter.ts'

const row = 'apps checkout-6f9d4b7c5-x2x9p 1/1 Running nuc-1'
const labels = { app: 'checkout', tier: 'web', 'app.kubernetes.io/name': 'checkout', empty: '' }
const finds = (text: string) => matches(parseFilter(text), row, labels)

test.each([
  ['', true],
  ['   ', true],
  ['checkout', true],
  ['CheckOut', true],
  ['cart', false],
  ['!cart', true],
  ['!running', false],
  ['!', true],
  ['6f9d4.7c5', false],
  ['/6f9d4.7c5/', true],
  ['^apps', true],
  ['^checkout', false],
  ['cart|checkout', true],
  ['!cart|checkout', false],
  ['!/^checkout/', true],
  ['-f chknuc', true],
  ['-f nucchk', false],
  ['-f', true],
])('filter %j finds the row: %s', (text, found) => {
  expect(finds(text)).toBe(found)
})

test.each([
  ['-l app=checkout', true],
  ['-l app==checkout', true],
  ['-l app=cart', false],
  ['-l app!=cart', true],
  ['-l missing!=x', true],
  ['-l app=checkout,tier!=web', false],
  ['-l tier in (web,db)', true],
  ['-l tier in (db)', false],
  ['-l tier notin (db, cache)', true],
  ['-l missing notin (a)', true],
  ['-l tier', true],
  ['-l !tier', false],
  ['-l !missing,app.kubernetes.io/name=checkout', true],
  ['-l empty=', true],
])('label filter %j finds the row: %s', (text, found) => {
  expect(finds(text)).toBe(found)
})

test('what is not understood is said, and hides nothing', () => {
  const regex = parseFilter('/(checkout/')
  expect(regex).toMatchObject({ kind: 'bad' })
  expect(regex.kind === 'bad' && regex.problem).toMatch(/^\/\(checkout\/ is no regular expression: /)
  expect(parseFilter('-l app=&web')).toMatchObject({
    kind: 'bad',
    problem: expect.stringContaining('app=&web'),
  })
  expect(finds('/(checkout/')).toBe(true)
})

test('an expression with no end to its backtracking is not made of fuzzy letters', () => {
  const long = 'a'.repeat(20_000)
  const filter = parseFilter(`-f ${'a'.repeat(30)}b`)
  const begun = process.hrtime.bigint()
  expect(matches(filter, long, {})).toBe(false)
  expect(Number(process.hrtime.bigint() - begun) / 1e6).toBeLessThan(500)
})

test.each([
  ['checkout', 'checkout'],
  ['  Node Exporter / Node ', 'Node Exporter / Node'],
  ['a+b (c)', '/a\\+b \\(c\\)/'],
  ['!not', '/\\!not/'],
  ['-f x', '/\\-f x/'],
  ['/x/', '/\\/x\\//'],
  ['a.b*', '/a\\.b\\*/'],
])('%j is found as it is by %j', (text, typed) => {
  expect(filterFor(text)).toBe(typed)
  const finds = (hay: string) => matches(parseFilter(typed), hay, {})
  expect(finds(`before ${text.trim().toUpperCase()} after`)).toBe(true)
  expect(finds('something else')).toBe(false)
})
