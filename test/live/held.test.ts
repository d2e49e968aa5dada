import { expect, test } from 'vitest'
import { applyEvent } from '#live/held.ts'
import type { Row } from '#model/kube.ts'

const row = (uid: string, name = uid): Row => ({ uid, name, createdAt: 0, labels: {} })
const held = () => new Map([['a', row('a')]])

test('an added object is a new row, a modified one replaces its row', () => {
  const rows = held()
  expect(applyEvent(rows, '5', { type: 'added', item: row('b'), resourceVersion: '6' })).toBe('changed')
  expect(applyEvent(rows, '6', { type: 'modified', item: row('a', 'new'), resourceVersion: '7' })).toBe(
    'changed',
  )
  expect([...rows.values()].map((one) => one.name)).toEqual(['new', 'b'])
})

test('a deleted object is gone; one that was never there changes nothing', () => {
  const rows = held()
  expect(applyEvent(rows, '5', { type: 'deleted', item: row('a'), resourceVersion: '6' })).toBe('changed')
  expect(applyEvent(rows, '6', { type: 'deleted', item: row('a'), resourceVersion: '7' })).toBe('same')
  expect(rows.size).toBe(0)
})

test('an object of the same name made anew is another row', () => {
  const rows = new Map([['old', row('old', 'web-0')]])
  applyEvent(rows, '5', { type: 'deleted', item: row('old', 'web-0'), resourceVersion: '6' })
  applyEvent(rows, '6', { type: 'added', item: row('new', 'web-0'), resourceVersion: '7' })
  expect([...rows.keys()]).toEqual(['new'])
})

test('a bookmark changes no row', () => {
  expect(applyEvent(held(), '5', { type: 'bookmark', resourceVersion: '900' })).toBe('same')
})

test('a version behind ours asks for a new list, whatever the length of its number', () => {
  const rows = held()
  for (const version of ['999', '1009']) {
    expect(applyEvent(rows, '1010', { type: 'added', item: row('b'), resourceVersion: version })).toBe(
      'relist',
    )
  }
  expect(rows.size).toBe(1)
  expect(applyEvent(rows, '999', { type: 'bookmark', resourceVersion: '1010' })).toBe('same')
  expect(applyEvent(rows, 'opaque', { type: 'bookmark', resourceVersion: '1' })).toBe('same')
})
