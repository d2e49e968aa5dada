// `obsdeck get`: what it asks for, what it keeps to itself, and what it says of what it could not read.
import { expect, test } from 'vitest'
import type { Cluster } from '#cluster/cluster.ts'
import { cockpit } from '#commands/cockpit.ts'
import type { CommandCall, Settings } from '#commands/command.ts'
import { get } from '#commands/get.ts'
import type { KubeObject, Resource } from '#model/kube.ts'
import { SourceError } from '#model/reading.ts'
import { listing, standInCluster } from '#test/live/stand-in-cluster.ts'

const settings: Settings = {
  allNamespaces: false,
  output: 'text',
  range: { span: 3_600_000 },
  timeout: 1000,
  readOnly: false,
  colour: 0,
  ascii: false,
}

function call(args: readonly string[], cluster: Partial<Cluster>, more: Partial<Settings> = {}): CommandCall {
  return {
    args,
    flags: {},
    settings: { ...settings, ...more },
    outside: {
      env: {},
      cwd: '/',
      home: '/',
      version: '0',
      stdoutIsTerminal: false,
      columns: 80,
      self: ['', ''],
      now: () => 0,
      notice: () => undefined,
      announce: () => undefined,
      signalProcess: () => false,
      parentGone: new Promise(() => undefined),
    },
    signal: AbortSignal.timeout(5000),
    connect: async () => standInCluster(cluster),
    connectTo: async () => standInCluster(cluster),
  }
}

const resource = (plural: string, kind: string): Resource => ({
  group: '',
  version: 'v1',
  plural,
  kind,
  namespaced: true,
})
const served = async () => ({
  resources: [resource('secrets', 'Secret'), resource('pods', 'Pod')],
  failed: [],
})
const secret: KubeObject = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'db', namespace: 'default' },
  data: { password: 'aHVudGVyMg==' },
}

test.each(['json', 'yaml'])('a Secret as %s shows its keys, never its values', async (output) => {
  const outcome = await get.run(
    call(['secret', 'db'], { discover: served, get: async () => secret }, { output }),
  )
  expect(JSON.stringify(outcome)).not.toContain('aHVudGVyMg')
  expect(outcome).toMatchObject({ view: 'object', object: { data: { password: '<7 bytes>' } } })
})

const forbidding = (...kinds: readonly string[]): Cluster['list'] => {
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'default' },
  }
  const list = listing({ deployments: [deployment] })
  return (query, decoder, signal) => {
    if (!kinds.includes(query.resource.plural)) return list(query, decoder, signal)
    throw new SourceError({
      reason: 'forbidden',
      detail: `${query.resource.plural} forbidden for ben in default`,
    })
  }
}

test('a kind that is forbidden among several is named, and the others are listed', async () => {
  const outcome = await get.run(call(['workloads'], { list: forbidding('jobs', 'cronjobs') }))
  expect(outcome).toMatchObject({
    list: {
      items: [{ name: 'web' }],
      notes: ['jobs: jobs forbidden for ben in default', 'cronjobs: cronjobs forbidden for ben in default'],
    },
  })
})

test('where nothing may be listed there is no list', async () => {
  const all = ['deployments', 'statefulsets', 'daemonsets', 'jobs', 'cronjobs']
  await expect(get.run(call(['workloads'], { list: forbidding(...all) }))).rejects.toMatchObject({
    reason: 'forbidden',
  })
})

test('a cluster without Flux is told from one whose Flux has nothing to do', async () => {
  await expect(get.run(call(['flux'], { discover: served }))).rejects.toMatchObject({
    reason: 'not-installed',
  })
})

test('-A does not go with a name; a screen printed with a name looks in the namespace of the context', async () => {
  const cluster = { discover: served, get: async () => secret }
  await expect(get.run(call(['secret', 'db'], cluster, { allNamespaces: true }))).rejects.toThrow('-A')
  const printed = cockpit.run(call(['secrets', 'db'], cluster, { output: 'json' }))
  await expect(printed).resolves.toMatchObject({ view: 'object' })
})

test('the changes are a screen alone, and where there is none it says where their parts are', async () => {
  const printed = cockpit.run(call(['changes'], { discover: served }, { output: 'json' }))
  await expect(printed).rejects.toMatchObject({ fix: expect.stringContaining('obsdeck events') })
})
