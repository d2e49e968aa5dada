// Which volumes are claimed, how full they are, and what is said where that is not known.
import { describe, expect, test } from 'vitest'
import type { PodRow } from '#model/kube.ts'
import { claimFacts } from '#model/subject-facts/claims.ts'
import type { FactSources } from '#model/subject-facts/sources.ts'
import { cart, claiming, coming, measured, noSeries, pod, refused, said, whole, written } from './sources.ts'

describe('claims', () => {
  const claims = (object: FactSources['object'], fill: FactSources['volumes'], pods: PodRow[] = []) =>
    claimFacts(object, fill, pods).map(written)

  test('the fullest first, and what is not measured is named', () => {
    const object = whole('Pod', 'a', claiming('cache', 'data', 'new', 'logs'))
    expect(claims(object, measured({ data: 0.97, cache: 0.424, logs: 0.9 }))).toEqual([
      'bad: data 97 % full',
      'warn: logs 90 % full',
      'cache 42 % full',
      '1 more claim',
    ])
    expect(claims(whole('Pod', 'a', claiming('data')), noSeries)).toEqual(['data not measured'])
  })

  test('what cannot be read is named with its reason', () => {
    expect(claims(whole('Pod', 'a', claiming('data')), refused('services/proxy forbidden'))).toEqual([
      'warn: fill of data not known: services/proxy forbidden',
    ])
    expect(claims(refused('pods forbidden'), noSeries)).toEqual([
      'warn: volume claims not known: pods forbidden',
    ])
    expect(claims(refused('pods forbidden'), measured({ data: 0.5 }))).toEqual(['data 50 % full'])
  })

  test('of each pod its own, by the names of those that run', () => {
    const own = { name: 'scratch', ephemeral: { volumeClaimTemplate: { spec: {} } } }
    expect(claims(whole('Pod', 'a', { volumes: [own] }), measured({ 'a-scratch': 0.5 }))).toEqual([
      'a-scratch 50 % full',
    ])
    const deployment = whole('Deployment', 'cart', { template: { spec: { volumes: [own] } } })
    expect(claims(deployment, noSeries, [pod('cart-7d4b9-a')])).toEqual(['cart-7d4b9-a-scratch not measured'])
    expect(claims(deployment, noSeries)).toEqual(['claims scratch for each pod'])
    expect(claims(deployment, refused('services/proxy forbidden'))).toEqual([
      'claims scratch for each pod',
      'warn: fill of its claims not known: services/proxy forbidden',
    ])
  })

  test('of a StatefulSet that is scaled to nothing', () => {
    const templates = [{ metadata: { name: 'data' } }]
    const set = whole('StatefulSet', 'redis', { replicas: 0, volumeClaimTemplates: templates })
    expect(claims(set, noSeries)).toEqual(['claims data for each pod'])
  })

  test('a spec that does not name claims does not say that there are none', () => {
    const cluster = whole('Cluster', 'pg', { instances: 3, storage: { size: '10Gi' } })
    expect(claims(cluster, refused('services/proxy forbidden'))).toEqual([
      'warn: volume claims not known: services/proxy forbidden',
    ])
    expect(claims(cluster, noSeries)).toEqual(['volume claims not known: no series'])
    expect(claims(cluster, coming)).toEqual(['waiting for volume claims'])
    expect(claims(cluster, measured({ 'pg-1': 0.97 }))).toEqual(['bad: pg-1 97 % full'])
    // Another kind's spec says all, whether or not the figures may be read.
    expect(claims(whole('Deployment', 'cart', {}), refused('services/proxy forbidden'))).toEqual([
      'no volume claims',
    ])
  })

  test.each<[string, unknown, string[]]>([
    ['Deployment', { template: { spec: claiming('media') } }, ['media']],
    ['CronJob', { jobTemplate: { spec: { template: { spec: claiming('dump') } } } }, ['dump']],
    [
      'StatefulSet',
      { replicas: 2, volumeClaimTemplates: [{ metadata: { name: 'data' } }], template: { spec: {} } },
      ['data-cart-0', 'data-cart-1'],
    ],
  ])('of a %s are in its template', (kind, spec, names) => {
    const facts = said({ ...cart, kind }, { object: whole(kind, 'cart', spec), volumes: noSeries })
    expect(facts[1]?.filter((text) => text.includes('measured'))).toEqual(
      names.map((name) => `${name} not measured`),
    )
  })
})
