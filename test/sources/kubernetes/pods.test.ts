// The fixture holds pods as Go's own marshallers of k8s.io/api v0.36 write them, in JSON and in protobuf.
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import type { KubeObject } from '#model/kube.ts'
import { podDecoder } from '#sources/kubernetes/pods.ts'

interface Pair {
  readonly json: KubeObject
  readonly protobuf: string
}

const fixture = new URL('../../fixtures/kubernetes/pods-both-ways.json', import.meta.url)
const pairs: readonly Pair[] = JSON.parse(await readFile(fixture, 'utf8'))

function decode(pair: Pair | undefined) {
  if (!pair) throw new Error('no such pod in the fixture')
  const { json, protobuf } = podDecoder()
  if (!protobuf) throw new Error('pods are decoded from protobuf')
  return { json: json(pair.json), protobuf: protobuf(Buffer.from(pair.protobuf, 'base64')) }
}

test('a pod is the same row from JSON and from protobuf', () => {
  expect(pairs.map((pair) => pair.json.metadata.name)).toEqual([
    'checkout-6f9d4b7c5-x2x9p',
    'pending',
    'job-1',
    'bare',
  ])
  for (const pair of pairs) {
    const rows = decode(pair)
    expect(rows.protobuf).toEqual(rows.json)
  }
})

test('a crashing pod with an init container and a sidecar', () => {
  expect(decode(pairs[0]).protobuf).toEqual({
    uid: '11111111-2222-4333-8444-555555555555',
    namespace: 'shop',
    name: 'checkout-6f9d4b7c5-x2x9p',
    createdAt: Date.UTC(2026, 2, 1, 10),
    labels: { app: 'checkout', 'pod-template-hash': '6f9d4b7c5', note: 'größe-日本' },
    ready: 1,
    containers: 2,
    status: 'CrashLoopBackOff',
    phase: 'Running',
    restarts: 16,
    lastRestartAt: Date.UTC(2026, 2, 2, 3, 12),
    lastReason: 'Error',
    lastExitCode: 1,
    message: 'back-off 5m0s restarting failed container=app – größer ✓ 🚀',
    notReadySince: Date.UTC(2026, 2, 2, 3, 12),
    node: 'nuc-1',
    ip: '10.42.0.7',
    qos: 'Burstable',
    owner: { kind: 'ReplicaSet', name: 'checkout-6f9d4b7c5' },
    // The init container alone asks for 2 cores, before the sidecar runs; memory is asked for side by side.
    requests: { cpu: 2, memory: 288 * 2 ** 20 },
    limits: { cpu: 1.1, memory: 576 * 2 ** 20 },
  })
})

test('a pod that one container leaves unlimited has no limit', () => {
  const { json } = decode(pairs[1])
  expect(json).toMatchObject({ status: 'Terminating', requests: {}, limits: {} })
  expect(json.message).toBe('because')
})

test("the pod's own resources go before its containers'", () => {
  expect(decode(pairs[2]).json).toMatchObject({
    status: 'ExitCode:-1',
    createdAt: -10_000,
    requests: { cpu: 1.5 },
    limits: { cpu: 2, memory: 2 ** 30 },
  })
})

test('pods of one table share what is equal', () => {
  const { json } = podDecoder()
  const [pair] = pairs
  if (!pair) throw new Error('the fixture is empty')
  const one = json(pair.json)
  const other = json(structuredClone(pair.json))
  expect(other.labels).toBe(one.labels)
  expect(other.owner).toBe(one.owner)
  expect(other.requests).toBe(one.requests)
})

test('bytes that are no pod are called garbage', () => {
  const bytes = Uint8Array.from([
    0x0a, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
  ])
  expect(() => podDecoder().protobuf?.(bytes)).toThrow(expect.objectContaining({ reason: 'garbage' }))
})
