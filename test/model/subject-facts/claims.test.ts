// Which volumes are claimed, how full they are, and what is said where that is not known.
import { describe, expect, test } from 'vitest'
import { claimFacts } from '#model/subject-facts/claims.ts'
import type { FactSources } from '#model/subject-facts/sources.ts'
import { cart, claiming, measured, noSeries, refused, said, whole, written } from './sources.ts'

describe('claims', () => {
  const claims = (object: FactSources['object'], fill: FactSources['volumes']) =>
    claimFacts(object, fill).map(written)

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

  test('a figure of long ago is none of now', () => {
    const old = measured({ data: 0.5 })
    const later = { ...old, data: { ...old.data, to: 3_600_000 } }
    expect(claims(whole('Pod', 'a', claiming('data')), later)).toEqual(['data not measured'])
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
