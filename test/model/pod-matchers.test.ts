// Matchers name just the pods that are meant, whatever their names are made of.
import { expect, test } from 'vitest'
import { podsIn, podsNamed } from '#model/pod-matchers.ts'

test.each([
  [undefined, ''],
  ['shop', 'namespace="shop"'],
  ['a"b\\', 'namespace="a\\"b\\\\"'],
])('in %s', (namespace, matchers) => {
  expect(podsIn(namespace)).toBe(matchers)
})

test('names are no patterns, and each namespace is named once', () => {
  expect(podsNamed(['shop/cart-0', 'shop/web.v1', 'db/pg-1'])).toBe(
    String.raw`namespace=~"shop|db",pod=~"cart-0|web\\.v1|pg-1"`,
  )
})
