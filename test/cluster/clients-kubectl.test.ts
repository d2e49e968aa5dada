// kubectl against the homelab of the built program: reading, writing, waiting.
import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type Client, type Ended, type Homelab, startHomelab, tableOf } from './clients/client.ts'

const present = spawnSync('kubectl', ['version', '--client']).status === 0

interface PodList {
  readonly kind: string
  readonly items: readonly { readonly kind: string; readonly metadata: { readonly name: string } }[]
}

describe.skipIf(!present)(`kubectl${present ? '' : ' (skipped: it is not on PATH)'}`, () => {
  let homelab: Homelab
  let kubectl: Client
  beforeAll(async () => {
    // Rollouts take their time.
    homelab = await startHomelab('--speed', '5')
    kubectl = homelab.client('kubectl')
  })
  afterAll(() => homelab?.stop())

  async function well(args: readonly string[], input?: string): Promise<Ended> {
    const ended = await kubectl.run(args, input)
    expect(ended.code, `kubectl ${args.join(' ')}: ${ended.out}${ended.err}`).toBe(0)
    return ended
  }
  const said = async (args: readonly string[], input?: string) => (await well(args, input)).out

  const carts = ['-n', 'shop', '-l', 'app.kubernetes.io/name=cart']
  const cart = async () => (await said(['get', 'pods', ...carts, '-o', 'name'])).split('\n')[0] ?? ''

  describe('get', () => {
    it('prints the table, and more of it where it is wide', async () => {
      const rows = tableOf(await said(['get', 'pods', ...carts, '-o', 'wide']))
      expect(rows).toHaveLength(2)
      expect(rows[0]).toMatchObject({
        NAME: expect.stringMatching(/^cart-/),
        READY: '1/1',
        STATUS: 'Running',
        IP: expect.stringMatching(/^10\.244\./),
        NODE: expect.stringMatching(/^(nuc|nas)-\d$/),
        'NOMINATED NODE': '<none>',
      })
    })

    it.each([
      ['json', (text: string) => JSON.parse(text) as unknown],
      ['yaml', (text: string) => parse(text) as unknown],
    ] as const)('prints the objects as %s', async (output, read) => {
      const list = read(await said(['get', 'pods', ...carts, '-o', output])) as PodList
      expect(list.kind).toBe('List')
      expect(list.items.map(({ kind, metadata }) => `${kind} ${metadata.name.slice(0, 5)}`)).toEqual([
        'Pod cart-',
        'Pod cart-',
      ])
    })

    it.each([
      ['name', /^pod\/cart-\S+\npod\/cart-\S+\n$/],
      ['jsonpath={.items[*].spec.containers[0].name}', /^cart cart$/],
      ['go-template={{range .items}}{{.status.phase}},{{end}}', /^Running,Running,$/],
      ['custom-columns=POD:.metadata.name,QOS:.status.qosClass', /^POD +QOS\ncart-\S+ +Burstable\n/],
    ])('prints as %s', async (output, expected) => {
      expect(await said(['get', 'pods', ...carts, '-o', output])).toMatch(expected)
    })

    it('prints every kind of a namespace', async () => {
      const out = await said(['get', 'all', '-n', 'shop'])
      for (const name of ['pod/cart-', 'service/cart', 'deployment.apps/cart', 'replicaset.apps/cart-']) {
        expect(out).toContain(name)
      }
    })

    it('says what is not there, and what no kind is', async () => {
      const missing = await kubectl.run(['get', 'pod', 'nothing', '-n', 'shop'])
      expect(missing).toMatchObject({
        code: 1,
        err: 'Error from server (NotFound): pods "nothing" not found\n',
      })
      const unknown = await kubectl.run(['get', 'nothings'])
      expect(unknown).toMatchObject({
        code: 1,
        err: 'error: the server doesn\'t have a resource type "nothings"\n',
      })
    })

    it('follows changes', async () => {
      await well(['create', 'configmap', 'watched', '-n', 'dev'])
      const events = ['get', 'configmaps', '-n', 'dev', '-w', '--output-watch-events']
      await kubectl.during(events, /ADDED +watched/, async () => {
        const deleted = kubectl.follow(events, /DELETED +watched/)
        await kubectl.follow(events, /ADDED +watched/)
        await well(['delete', 'configmap', 'watched', '-n', 'dev'])
        await deleted
      })
    })
  })

  describe('describe', () => {
    it('a pod', async () => {
      const pod = await cart()
      const out = await said(['describe', '-n', 'shop', pod])
      expect(out).toMatch(/^Name: +cart-/m)
      expect(out).toMatch(/^Controlled By: +ReplicaSet\/cart-/m)
      expect(out).toMatch(/^ {4}State: +Running\n {6}Started: /m)
      expect(out).toMatch(/^ {2}Ready +True/m)
      expect(out).toMatch(/^QoS Class: +Burstable$/m)
    })

    it('a node, with what runs on it', async () => {
      const out = await said(['describe', 'node', 'nuc-1'])
      expect(out).toMatch(/^ {2}Ready +True .* KubeletReady /m)
      expect(out).toMatch(/^Non-terminated Pods: +\(\d+ in total\)$/m)
      expect(out).toMatch(/^ {2}cpu +\d+m \(\d+%\) +\d/m)
    })

    it('a Deployment, with its ReplicaSets', async () => {
      const out = await said(['describe', 'deployment', 'cart', '-n', 'shop'])
      expect(out).toMatch(/^Replicas: +2 desired \| 2 updated \| 2 total \| 2 available \| 0 unavailable$/m)
      expect(out).toMatch(/^ {2}Available +True +MinimumReplicasAvailable$/m)
      expect(out).toMatch(/^NewReplicaSet: +cart-\S+ \(2\/2 replicas created\)$/m)
    })
  })

  describe('what is written', () => {
    const deployment = (image: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: mine, namespace: dev }
spec:
  replicas: 2
  selector: { matchLabels: { app: mine } }
  template:
    metadata: { labels: { app: mine } }
    spec: { containers: [{ name: main, image: "${image}" }] }
`
    const mine = ['deployment/mine', '-n', 'dev']

    it('is applied, rolled out and rolled on', async () => {
      expect(await said(['apply', '-f', '-'], deployment('example.test/mine:1'))).toBe(
        'deployment.apps/mine created\n',
      )
      await well(['wait', '--for=condition=Available', ...mine, '--timeout=30s'])
      expect(await said(['apply', '-f', '-'], deployment('example.test/mine:1'))).toBe(
        'deployment.apps/mine unchanged\n',
      )
      const diff = await kubectl.run(['diff', '-f', '-'], deployment('example.test/mine:2'))
      expect(diff.code).toBe(1)
      expect(diff.out).toMatch(/^-\s+- image: example\.test\/mine:1\n\+\s+- image: example\.test\/mine:2$/m)
      await well(['apply', '-f', '-'], deployment('example.test/mine:2'))
      expect(await said(['rollout', 'status', ...mine, '--timeout=30s'])).toContain(
        'deployment "mine" successfully rolled out',
      )
      expect(
        await said(['get', 'pods', '-n', 'dev', '-l', 'app=mine', '-o', 'jsonpath={..image}']),
      ).toContain('example.test/mine:2')
    })

    it('is patched in all ways', async () => {
      const patch = (type: string, body: unknown) =>
        said(['patch', ...mine, '--type', type, '-p', JSON.stringify(body)])
      const env = [{ name: 'A', value: 'b' }]
      await patch('strategic', { spec: { template: { spec: { containers: [{ name: 'main', env }] } } } })
      await patch('merge', { metadata: { labels: { by: 'merge' } } })
      await patch('json', [{ op: 'replace', path: '/spec/replicas', value: 1 }])
      const found = JSON.parse(await said(['get', ...mine, '-o', 'json']))
      expect(found).toMatchObject({ metadata: { labels: { by: 'merge' } }, spec: { replicas: 1 } })
      // The container that has the name was patched, not replaced.
      expect(found.spec.template.spec.containers).toMatchObject([{ image: 'example.test/mine:2', env }])
      await well(['wait', '--for=jsonpath={.status.readyReplicas}=1', ...mine, '--timeout=30s'])
    })

    it('is applied by the server, which names who owns what', async () => {
      const server = ['apply', '--server-side', '--field-manager', 'another', '-f', '-']
      const conflict = await kubectl.run(server, deployment('example.test/mine:3'))
      expect(conflict.code).toBe(1)
      expect(conflict.err).toMatch(/conflicts? with "kubectl-client-side-apply" using apps\/v1/)
      expect(conflict.err).toContain('.spec.template.spec.containers[name="main"].image')
      expect(await said([...server, '--force-conflicts'], deployment('example.test/mine:3'))).toBe(
        'deployment.apps/mine serverside-applied\n',
      )
    })

    it('is scaled, labelled and annotated', async () => {
      await well(['scale', ...mine, '--replicas=3'])
      await well(['label', ...mine, 'tier=web'])
      await well(['annotate', ...mine, 'note=yes'])
      await well(['wait', '--for=jsonpath={.status.readyReplicas}=3', ...mine, '--timeout=30s'])
      const path = 'jsonpath={.metadata.labels.tier} {.metadata.annotations.note}'
      expect(await said(['get', ...mine, '-o', path])).toBe('web yes')
    })

    it('is refused where it makes no sense', async () => {
      const wrong = await kubectl.run([
        'patch',
        ...mine,
        '--type',
        'json',
        '-p',
        '[{"op":"remove","path":"/no"}]',
      ])
      expect(wrong.code).toBe(1)
      expect(wrong.err).toMatch(/^The request is invalid/)
    })

    it('is deleted, and what it made with it', async () => {
      expect(await said(['delete', ...mine])).toMatch(/^deployment\.apps "mine" deleted/)
      await well(['wait', '--for=delete', 'pod', '-l', 'app=mine', '-n', 'dev', '--timeout=60s'])
      const gone = await kubectl.run(['get', ...mine])
      expect(gone.err).toBe('Error from server (NotFound): deployments.apps "mine" not found\n')
    })
  })

  it('finds out what a user may do', async () => {
    expect(await said(['auth', 'can-i', 'list', 'nodes'])).toBe('yes\n')
    const denied = await kubectl.run(['auth', 'can-i', 'list', 'nodes', '--context', 'no-nodes'])
    expect(denied).toMatchObject({ code: 1, out: 'no\n' })
  })
})
