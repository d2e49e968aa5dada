// What the facts say where they are made of what is old, or of a part alone.
import { describe, expect, test } from 'vitest'
import type { EventRow, FluxRow, PodRow } from '#model/kube.ts'
import type { Gap } from '#model/reading.ts'
import { cart, claiming, measured, nuc, podRef, read, said, whole, workload } from './sources.ts'

describe('what was read before a refresh failed tells its age', () => {
  const refused: Gap = { reason: 'unreachable', detail: 'connection refused' }
  const stale = <T extends { readonly pending: boolean }>(reading: T, dataAt: number) => ({
    ...{ ...reading, dataAt, gap: refused },
  })
  const object = whole('Pod', 'cart-7d4b9-a', claiming('data', 'full', 'new'))

  test('a figure each, before and behind what was done', () => {
    const volumes = stale(measured({ full: 0.97, data: 0.8 }), 70)
    expect(said(podRef, { object, volumes })[1]).toEqual([
      'bad: full 97 % full 70',
      ...['rollout cart-7d4b9 at least 0', 'no Flux apply of it is known'],
      ...['data 80 % full 70', 'new not measured', 'of Deployment cart', 'on nuc-1'],
    ])
  })

  test('a pod itself, and a workload itself', () => {
    const containers = [{ name: 'app', restarts: 0 }]
    expect(said(podRef, { containers, object: stale(object, 60) })[0]).toEqual([
      ...['Running, 1/1 ready', 'no restarts', 'warn: containers last read 60'],
    ])
    const deployment = whole('Deployment', 'cart', { template: { spec: claiming('data') } })
    expect(said(cart, { object: stale(deployment, 60) })[1]?.slice(-2)).toEqual([
      ...['data not measured', 'warn: volume claims last read 60'],
    ])
  })

  test('events and Flux, in one', () => {
    const marks = [{ at: 20, letter: 'F', name: 'apps', what: '9f3c2e1' }] as const
    const both = { marks, events: stale(read<EventRow>(), 50), flux: stale(read<FluxRow>(), 40) }
    expect(said(cart, both)[1]).toEqual([
      'rollout cart-7d4b9 at least 0',
      'Flux apps 9f3c2e1 20',
      'warn: events, Flux last read 40',
      'no volume claims',
    ])
    const job = { ...cart, kind: 'Job', name: 'dump' }
    expect(said(job, both)[1]?.[1]).toBe('warn: Flux last read 40')
  })

  test('the last boot of a node', () => {
    expect(said(nuc, { boot: stale(measured({ '': 12 }), 90) })[1]).toEqual([
      ...['2 pods of 110', 'booted 12000', 'warn: boot time last read 90'],
    ])
  })
})

describe('where a part of Flux is not read', () => {
  const marks = [{ at: 20, letter: 'F', name: 'apps', what: '9f3c2e1' }] as const
  const labels = { 'kustomize.toolkit.fluxcd.io/name': 'apps' }

  test('since a namespace is forbidden, there may have been an apply', () => {
    const flux = { pending: false, data: { rows: [], complete: true, partial: 'flux-system is forbidden' } }
    const unknown = 'warn: last Flux apply not known: flux-system is forbidden'
    expect(said(cart, { flux })[1]?.[1]).toBe(unknown)
    expect(said(podRef, { flux })[1]?.[1]).toBe(unknown)
    expect(said(cart, { flux, workloads: read(workload({ labels })) })[1]?.[1]).toBe(
      'applied by Flux apps, when is not known: flux-system is forbidden',
    )
    expect(said(cart, { flux, marks })[1]?.[1]).toBe('Flux apps 9f3c2e1 20')
    const events = { ...flux, data: { ...flux.data, partial: 'shop is forbidden' } }
    expect(said(cart, { events, pods: read<PodRow>() })[1]?.[0]).toBe(
      'warn: last rollout not known: shop is forbidden',
    )
  })

  test('since one namespace is chosen, it says so once', () => {
    const namespace = 'shop'
    expect(said(cart, { namespace, marks })[1]?.slice(1, 3)).toEqual([
      ...['Flux apps 9f3c2e1 20', 'Flux: only shop is read'],
    ])
    expect(said(cart, { namespace })[1]?.[1]).toBe('last Flux apply not known: only shop is read')
    expect(said(cart, { namespace, workloads: read(workload({ labels })) })[1]?.[1]).toBe(
      'applied by Flux apps, when is not known: only shop is read',
    )
  })
})
