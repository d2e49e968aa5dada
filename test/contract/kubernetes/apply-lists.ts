// The contract for server-side apply of lists: by key where they are maps, by value where they are sets, else whole.
import { beforeEach, expect, it } from 'vitest'
import type { Body } from '#test/homelab/kube/client.ts'
import { ownersIn } from './apply.ts'
import { APPLY, hold, type MakeBed, MERGE, maps } from './held.ts'
import { deployment } from './patches.ts'

export function describeAppliedLists(makeBed: MakeBed): void {
  const held = hold(makeBed)
  const { path, map } = maps(held, 'apply-lists')

  const place = () => `/apis/apps/v1/namespaces/${held.bed.namespace}/deployments/applied`
  const main = {
    name: 'main',
    image: 'one:1',
    args: ['x', 'y'],
    env: [
      { name: 'A', value: '1' },
      { name: 'B', value: '2' },
    ],
    ports: [{ name: 'http', containerPort: 80 }],
  }
  const send = (manager: string, body: unknown) =>
    held.ask('PATCH', `${place()}?fieldManager=${manager}`, { type: APPLY, body })
  const partly = (...containers: object[]) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'applied' },
    spec: { template: { spec: { containers } } },
  })
  beforeEach(async () => {
    await held.ask('DELETE', place())
  })

  it('that are maps are owned by key, atomic ones as a whole', async () => {
    const { status, body } = await send('one', deployment('applied', [main]))
    expect(status).toBe(201)
    const [entry] = ownersIn(body)
    expect(entry?.['one Apply']).toEqual({
      'f:spec': {
        'f:replicas': {},
        'f:selector': {},
        'f:template': {
          'f:metadata': { 'f:labels': { 'f:app': {} } },
          'f:spec': {
            'f:containers': {
              'k:{"name":"main"}': {
                '.': {},
                'f:name': {},
                'f:image': {},
                'f:args': {},
                'f:env': {
                  'k:{"name":"A"}': { '.': {}, 'f:name': {}, 'f:value': {} },
                  'k:{"name":"B"}': { '.': {}, 'f:name': {}, 'f:value': {} },
                },
                'f:ports': {
                  'k:{"containerPort":80,"protocol":"TCP"}': {
                    '.': {},
                    'f:containerPort': {},
                    'f:name': {},
                  },
                },
              },
            },
          },
        },
      },
    })
  })

  it.each([
    [{ env: [{ name: 'A', value: '9' }] }, '.spec.template.spec.containers[name="main"].env[name="A"].value'],
    [{ args: ['x', 'z'] }, '.spec.template.spec.containers[name="main"].args'],
    [
      { ports: [{ name: 'web', containerPort: 80 }] },
      '.spec.template.spec.containers[name="main"].ports[containerPort=80,protocol="TCP"].name',
    ],
  ])('conflict in %j', async (change, field) => {
    await send('one', deployment('applied', [main]))
    const { body } = await send('two', partly({ name: 'main', ...change }))
    expect(body.message).toBe(`Apply failed with 1 conflict: conflict with "one": ${field}`)
  })

  it('keep the elements of others, and lose those that are no longer applied', async () => {
    await send('one', deployment('applied', [main]))
    await send('two', partly({ name: 'side', image: 'two:1' }))
    const names = (body: Body) =>
      (body as unknown as ReturnType<typeof deployment>).spec.template.spec.containers.map(({ name }) => name)
    expect(names((await held.ask('GET', place())).body)).toEqual(['main', 'side'])
    const { env: _env, args: _args, ports: _ports, ...less } = main
    const { body } = await send('one', deployment('applied', [less]))
    expect(names(body)).toEqual(['main', 'side'])
    const [first] = (body as unknown as ReturnType<typeof deployment>).spec.template.spec.containers
    expect(first).not.toHaveProperty('env')
    expect(first).not.toHaveProperty('args')
    expect(names((await send('two', partly())).body)).toEqual(['main'])
  })

  it('of finalizers are sets', async () => {
    const finalized = (manager: string, ...finalizers: string[]) =>
      held.ask('PATCH', path('a', `fieldManager=${manager}`), {
        type: APPLY,
        body: { ...map('a', { x: '1' }), metadata: { ...map('a').metadata, finalizers } },
      })
    await finalized('one', 'home.io/one')
    const { body } = await finalized('two', 'home.io/two')
    expect(body.metadata?.finalizers).toEqual(['home.io/one', 'home.io/two'])
    expect(ownersIn(body)[1]).toMatchObject({
      'two Apply': { 'f:metadata': { 'f:finalizers': { 'v:"home.io/two"': {} } } },
    })
    await held.ask('PATCH', path('a'), { type: MERGE, body: { metadata: { finalizers: null } } })
  })
}
