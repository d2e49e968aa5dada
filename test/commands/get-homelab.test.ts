// `obsdeck get` over the real client against the homelab's API server: known kinds, unknown kinds, one object, and
// what cannot be had, in the words and columns of kubectl.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Cluster } from '#cluster/cluster.ts'
import { connect } from '#cluster/connect.ts'
import type { CommandCall, Outcome, Settings } from '#commands/command.ts'
import { get } from '#commands/get.ts'
import { createCertificates } from '#homelab/certificates.ts'
import { playingClock } from '#homelab/clock.ts'
import { createFaults } from '#homelab/kube/faults.ts'
import { kubeconfigText } from '#homelab/kube/kubeconfig.ts'
import { createRegistry } from '#homelab/kube/registry.ts'
import { type KubeServer, startServer } from '#homelab/kube/server.ts'
import { createSnapshots } from '#homelab/kube/snapshots.ts'
import { createUsers } from '#homelab/kube/users.ts'
import { createWorld } from '#homelab/world/create.ts'
import type { World } from '#homelab/world.ts'
import { printList, printTable } from '#ui/print/list.ts'

const certificates = await createCertificates()
const users = createUsers()
let world: World
let server: KubeServer
let folder: string
let cluster: Cluster

beforeAll(async () => {
  world = createWorld({ seed: 7, clock: playingClock(Date.now(), 1) })
  server = await startServer({
    api: {
      world,
      registry: createRegistry(world),
      upstreams: [],
      snapshots: createSnapshots(world.store),
      bookmarkEvery: 1000,
    },
    certificates,
    users,
    faults: createFaults(),
    port: 0,
  })
  folder = await mkdtemp(join(tmpdir(), 'obsdeck-get-'))
  const kubeconfig = join(folder, 'config')
  await writeFile(kubeconfig, kubeconfigText(`https://127.0.0.1:${server.port}`, certificates, users))
  cluster = await connect({ kubeconfig, env: {}, home: folder, timeout: 10_000 })
})

afterAll(async () => {
  await cluster.close()
  await server.close()
  world.stop()
  await rm(folder, { recursive: true, force: true })
})

type Asked = Partial<Settings> & { readonly selector?: string }

function run(args: string, { selector, ...settings }: Asked = {}): Promise<Outcome> {
  const call: CommandCall = {
    args: args.split(' '),
    flags: selector === undefined ? {} : { selector },
    settings: {
      allNamespaces: false,
      output: 'text',
      range: { span: 3_600_000 },
      timeout: 10_000,
      readOnly: false,
      colour: 0,
      ascii: false,
      ...settings,
    },
    outside: {
      env: {},
      cwd: '/',
      home: '/',
      version: '0',
      stdoutIsTerminal: false,
      columns: 80,
      self: ['', ''],
      now: () => world.clock.now(),
      notice: () => undefined,
      announce: () => undefined,
      signalProcess: () => false,
      parentGone: new Promise(() => undefined),
    },
    signal: AbortSignal.timeout(20_000),
    connect: async () => cluster,
    connectTo: async () => cluster,
  }
  return get.run(call)
}

/** What is printed on stdout, and the header's words. */
async function text(args: string, asked: Asked = {}): Promise<{ header: string[]; lines: string[] }> {
  const outcome = await run(args, asked)
  const wide = asked.output === 'wide'
  const printed =
    outcome.view === 'list'
      ? printList(outcome.list, wide)
      : outcome.view === 'table'
        ? printTable({ ...outcome.table, namespaces: outcome.namespaces }, wide)
        : ''
  const [header = '', ...lines] = printed.split('\n')
  return { header: header.split(/ {2,}/), lines }
}

const media = { namespace: 'media' }

describe('columns in kubectl’s words', () => {
  test.each([
    ['pods', media, 'NAME READY STATUS RESTARTS AGE'],
    ['po', { ...media, output: 'wide' }, 'NAME READY STATUS RESTARTS AGE IP NODE'],
    ['Pod', { allNamespaces: true }, 'NAMESPACE NAME READY STATUS RESTARTS AGE'],
    ['nodes', {}, 'NAME STATUS ROLES AGE VERSION'],
    ['deploy', media, 'NAME READY UP-TO-DATE AGE'],
    ['statefulsets', { allNamespaces: true }, 'NAMESPACE NAME READY UP-TO-DATE AGE'],
    ['workloads', media, 'NAME KIND READY UP-TO-DATE AGE'],
    ['events', { allNamespaces: true }, 'NAMESPACE LAST SEEN TYPE REASON OBJECT MESSAGE'],
    ['flux', { allNamespaces: true }, 'NAMESPACE NAME KIND STATE REVISION SINCE MESSAGE'],
    // What we have no rows for is the server's own Table.
    ['hr', media, 'NAME AGE READY STATUS'],
    ['configmaps', { allNamespaces: true }, 'NAMESPACE NAME DATA AGE'],
    ['namespaces', {}, 'NAME STATUS AGE'],
    ['helmreleases.helm.toolkit.fluxcd.io', { allNamespaces: true }, 'NAMESPACE NAME AGE READY STATUS'],
  ] as const)('%s %j', async (kind, asked, header) => {
    expect((await text(kind, asked)).header.join(' ')).toBe(header)
  })
})

test('rows are those of the namespace, of all, or of the labels', async () => {
  const all = await text('pods', { allNamespaces: true })
  const some = await text('pods', media)
  const labelled = await text('pods', { ...media, selector: 'app.kubernetes.io/name=photos' })
  expect(all.lines.length).toBeGreaterThan(100)
  expect(some.lines.length).toBeGreaterThan(3)
  expect(labelled.lines.map((line) => line.split('-')[0])).toEqual(labelled.lines.map(() => 'photos'))
  expect(labelled.lines.length).toBeGreaterThan(0)
})

test('json has the rows: times in milliseconds, CPU in cores, memory in bytes', async () => {
  const outcome = await run('pods', { ...media, output: 'json' })
  if (outcome.view !== 'list') throw new Error(outcome.view)
  expect(outcome.list.items[0]).toMatchObject({
    uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
    namespace: 'media',
    name: expect.any(String),
    createdAt: expect.any(Number),
    ready: expect.any(Number),
    containers: expect.any(Number),
    status: expect.any(String),
    restarts: expect.any(Number),
    limits: { memory: expect.any(Number) },
  })
})

describe('one object', () => {
  test('as a line, known kind or not', async () => {
    expect((await text('hr photos', media)).lines).toHaveLength(1)
    expect((await text('node nuc-1')).lines).toHaveLength(1)
  })

  test.each(['json', 'yaml'])('as the Kubernetes object itself: %s', async (output) => {
    const outcome = await run('deploy photos', { ...media, output })
    expect(outcome).toMatchObject({
      view: 'object',
      object: { kind: 'Deployment', apiVersion: 'apps/v1', metadata: { name: 'photos', namespace: 'media' } },
    })
  })

  test('a Secret without its values', async () => {
    const outcome = await run('secret photos-secret', { ...media, output: 'yaml' })
    expect(JSON.stringify(outcome)).toMatch(/"<\d+ bytes>"/)
  })
})

describe('what cannot be had', () => {
  test.each([
    ['pod nope', media, { reason: 'not-found', detail: 'pods "nope" not found' }],
    ['nodez', {}, { reason: 'not-found', detail: 'the server serves no kind named nodez' }],
  ] as const)('%s', async (args, asked, error) => {
    await expect(run(args, asked)).rejects.toMatchObject(error)
  })

  test.each([
    ['pods', { namespace: 'nothing-here' }, 'there is no namespace nothing-here'],
    ['hr', { namespace: 'shop' }, 'there are no helmreleases in shop; -A for all'],
    ['hr', { namespace: 'nothing-here' }, 'there is no namespace nothing-here'],
    ['po', { allNamespaces: true, selector: 'app=nothing' }, 'there are no pods in any namespace'],
    ['no', { selector: 'app=nothing' }, 'there are no nodes'],
  ] as const)('%s %j: said beside stdout', async (kind, asked, note) => {
    const outcome = await run(kind, asked)
    const notes = outcome.view === 'list' ? outcome.list.notes : outcome.view === 'table' ? outcome.notes : []
    expect(notes).toEqual([note])
  })

  test('a name that several groups have is an error that names them', async () => {
    const ambiguous = {
      ...cluster,
      discover: async () => ({
        resources: ['one.example', 'two.example'].map((group) => ({
          group,
          version: 'v1',
          plural: 'widgets',
          kind: 'Widget',
          namespaced: true,
        })),
        failed: [],
      }),
    }
    const known = cluster
    cluster = ambiguous
    await expect(run('widgets')).rejects.toMatchObject({
      detail: 'widgets may be widgets.one.example or widgets.two.example',
    })
    cluster = known
  })

  test('yaml of a list asks for a name', async () => {
    await expect(run('pods', { output: 'yaml' })).rejects.toThrow('-o yaml needs a name')
  })
})
