// Which node a series of an exporter is about, and which series are asked for of one node: both the same.
import { expect, test } from 'vitest'
import { hostOf, instanceOf, ofNode } from '#model/node-hosts.ts'

test.each([
  ['10.0.0.1:9100', '10.0.0.1'],
  ['[fd00::1]:9100', 'fd00::1'],
  ['nuc-1:9100', 'nuc-1'],
  ['nuc-1', 'nuc-1'],
])('the host of %s is %s', (instance, host) => expect(hostOf(instance)).toBe(host))

test('a node is known by its address, else by its name; another’s figures are not its own', () => {
  const figures = new Map([
    ['10.0.0.1', 1],
    ['nuc-2', 2],
  ])
  expect(ofNode(figures, { name: 'nuc-1', ip: '10.0.0.1' })).toBe(1)
  expect(ofNode(figures, { name: 'nuc-2', ip: '10.0.0.2' })).toBe(2)
  expect(ofNode(figures, { name: 'nuc-2' })).toBe(2)
  expect(ofNode(figures, { name: 'nuc-3', ip: '10.0.0.3' })).toBeUndefined()
  expect(ofNode(undefined, { name: 'nuc-1' })).toBeUndefined()
})

test.each([
  ['10.0.0.1:9100', true],
  ['10.0.0.1', true],
  ['nuc-1:9100', true],
  ['10.0.0.10:9100', false],
  ['10x0.0.1:9100', false],
  ['nuc-11', false],
  ['[fd00::1]:9100', false],
])('of the instance %s it is %s that a node is asked for it and known by it', (instance, its) => {
  const node = { name: 'nuc-1', ip: '10.0.0.1' }
  expect(matches(instanceOf(node), instance)).toBe(its)
  expect(ofNode(new Map([[hostOf(instance), 1]]), node)).toBe(its ? 1 : undefined)
})

test('an IPv6 address is asked for in its brackets', () => {
  expect(matches(instanceOf({ name: 'nuc-1', ip: 'fd00::1' }), '[fd00::1]:9100')).toBe(true)
  expect(matches(instanceOf({ name: 'nuc-1' }), 'nuc-1:9100')).toBe(true)
})

/** As Prometheus does: the whole of the value, the text of the matcher being JSON's. */
function matches(matcher: string, value: string): boolean {
  const [, pattern = ''] = /^instance=~(".*")$/.exec(matcher) ?? []
  return new RegExp(`^(?:${JSON.parse(pattern)})$`).test(value)
}
