// What is made for an object is made once, and again only after it was forgotten.
import { expect, it } from 'vitest'
import { forget, perObject } from '#homelab/kube/per-object.ts'

it('makes once for each object until it is forgotten', () => {
  let made = 0
  const count = perObject(() => {
    made += 1
    return made
  })
  const object = (name: string) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name } })
  const [one, other] = [object('a'), object('a')]
  expect([count(one), count(one), count(other)]).toEqual([1, 1, 2])
  forget(one)
  expect([count(one), count(other)]).toEqual([3, 2])
})
