// The contract for selectors: labels in all their forms, the fields of each kind, and how one is refused.
import { beforeAll, describe, expect, it } from 'vitest'
import { hold, type MakeBed, maps, namesOf, refusal } from './held.ts'

export function describeSelectors(makeBed: MakeBed): void {
  const held = hold(makeBed)
  const { path, label, create, clear } = maps(held, 'selectors')
  const select = (kind: 'label' | 'field', selector: string, place = path()) =>
    held.ask('GET', `${place}?${kind}Selector=${encodeURIComponent(selector)}`)

  beforeAll(async () => {
    await clear()
    await create('plain')
    await create('web', {}, { tier: 'web', weight: '5' })
    await create('db', {}, { tier: 'db', weight: '20' })
    await create('empty', {}, { tier: '' })
    await create('prefixed', {}, { 'home.io/tier': 'web' })
  })

  it.each([
    ['tier=web', ['web']],
    ['tier==web', ['web']],
    ['tier!=web', ['db', 'empty', 'plain', 'prefixed']],
    ['tier', ['db', 'empty', 'web']],
    ['!tier', ['plain', 'prefixed']],
    ['tier=', ['empty']],
    ['tier in (web, db)', ['db', 'web']],
    ['tier in (web,)', ['empty', 'web']],
    ['tier in ()', ['empty']],
    ['tier notin (web)', ['db', 'empty', 'plain', 'prefixed']],
    ['weight>4,weight<20', ['web']],
    ['home.io/tier=web', ['prefixed']],
    ['tier,tier!=web,tier notin ()', ['db']],
  ])('of labels: %s', async (selector, expected) => {
    expect(namesOf((await select('label', `${label},${selector}`)).body)).toEqual(expected)
  })

  const operators = 'in, notin, =, ==, !=, gt, lt'
  it.each([
    ['a b', `unable to parse requirement: found 'b', expected: ${operators}`],
    ['a in (b', "unable to parse requirement: found '', expected: ',' or ')'"],
    ['a in b', "unable to parse requirement: found 'b' expected: '('"],
    [',', "found ',', expected: !, identifier, or 'end of string'"],
    ['a,', "found '', expected: identifier after ','"],
    ['((', "found '(', expected: !, identifier, or 'end of string'"],
    ['a=b c', "found 'c', expected: ',' or 'end of string'"],
    [
      'a>x',
      `unable to parse requirement: values[0]: Invalid value: "x": for 'Gt', 'Lt' operators, the value must be an integer`,
    ],
    [
      '-a=b',
      expect.stringMatching(
        /^unable to parse requirement: <nil>: Invalid value: "-a": name part must consist of /,
      ),
    ],
    [
      'a=b_',
      expect.stringMatching(
        /^unable to parse requirement: values\[0\]\[a\]: Invalid value: "b_": a valid label must be /,
      ),
    ],
  ])('refuse labels: %s', async (selector, message) => {
    const { status, body } = await select('label', selector)
    expect(status).toBe(400)
    expect(body).toMatchObject(refusal(400, 'BadRequest', message))
  })

  it('of labels and fields narrow together', async () => {
    const selector = `labelSelector=${encodeURIComponent(label)}&fieldSelector=metadata.name!%3Dweb,metadata.name!%3Ddb`
    expect(namesOf((await held.ask('GET', path('', selector))).body)).toEqual(['empty', 'plain', 'prefixed'])
  })

  describe('of fields', () => {
    it.each([
      ['/api/v1/pods', 'spec.nodeName!=,status.phase=Running'],
      ['/api/v1/pods', 'spec.restartPolicy=Always,spec.hostNetwork=false,spec.serviceAccountName!=x'],
      ['/api/v1/nodes', 'spec.unschedulable=false,metadata.name!=x'],
      ['/api/v1/namespaces', 'status.phase=Active'],
      ['/api/v1/services', 'spec.type=ClusterIP,metadata.namespace=observability'],
    ])('%s can be told apart by %s', async (place, selector) => {
      const { status, body } = await select('field', selector, place)
      expect(status).toBe(200)
      expect(body.items?.length).toBeGreaterThan(0)
    })

    it.each([
      ['/api/v1/secrets', 'type=none'],
      ['/apis/batch/v1/jobs', 'status.successful=1'],
      [
        '/api/v1/events',
        'involvedObject.kind=None,involvedObject.uid=1,reason=x,source=y,reportingComponent=z,type=None',
      ],
      ['/apis/events.k8s.io/v1/events', 'regarding.kind=None,reportingController=x,reason=y'],
    ])('%s can be asked for %s, which none has', async (place, selector) => {
      const { status, body } = await select('field', selector, place)
      expect(status).toBe(200)
      expect(body.items).toEqual([])
    })

    const only = 'only "metadata.name", "metadata.namespace"'
    it.each([
      ['/api/v1/configmaps', 'data.x=1', `"data.x" is not a known field selector: ${only}`],
      [
        '/apis/apps/v1/deployments',
        'status.replicas=1',
        `"status.replicas" is not a known field selector: ${only}`,
      ],
      [
        '/apis/apps/v1/replicasets',
        'status.replicas=1',
        `"status.replicas" is not a known field selector: ${only}`,
      ],
      ['/api/v1/pods', 'spec.foo=1', 'field label not supported: spec.foo'],
      ['/api/v1/nodes', 'metadata.namespace=x', 'field label not supported: metadata.namespace'],
      [
        '/apis/events.k8s.io/v1/events',
        'involvedObject.kind=Pod',
        'field label not supported: involvedObject.kind',
      ],
      [
        '/api/v1/configmaps',
        'metadata.name',
        "invalid selector: 'metadata.name'; can't understand 'metadata.name'",
      ],
    ])('%s cannot be told apart by %s', async (place, selector, message) => {
      const { status, body } = await select('field', selector, place)
      expect(status).toBe(400)
      expect(body).toMatchObject(refusal(400, 'BadRequest', message))
    })
  })
}
