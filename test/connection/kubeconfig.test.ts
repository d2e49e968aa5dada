// kubectl's rules for finding and merging kubeconfigs, and one clear error for each way they can be wrong.
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { getuid } from 'node:process'
import { describe, expect, test } from 'vitest'
import { connect } from '#cluster/connect.ts'
import { inCluster } from '#cluster/in-cluster.ts'
import { readKubeconfig } from '#cluster/kubeconfig.ts'
import { failureOf, kubeconfigOf, tempFolder } from './bed.ts'

async function write(folder: string, name: string, content: string): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, content)
  return file
}

const connectWith = (kubeconfig: string, context?: string) =>
  connect({ kubeconfig, env: {}, home: '/nowhere', timeout: 1000, ...(context !== undefined && { context }) })

describe('which files', () => {
  test('~/.kube/config where nothing else is said', async () => {
    const home = await tempFolder()
    await mkdir(join(home, '.kube'))
    await write(join(home, '.kube'), 'config', kubeconfigOf({ server: 'https://lab:6443' }))
    const cluster = await connect({ env: {}, home, timeout: 1000 })
    expect(cluster.server).toBe('https://lab:6443')
  })

  test('all of $KUBECONFIG: who names an entry first wins it whole, files that are missing are skipped', async () => {
    const folder = await tempFolder()
    const a = await write(
      folder,
      'a',
      `{clusters: [{name: c, cluster: {server: 'https://first'}}], contexts: [{name: x, context: {cluster: c}}]}`,
    )
    const b = await write(
      folder,
      'b',
      `{current-context: x, clusters: [{name: c, cluster: {server: 'https://second', proxy-url: 'http://p'}}]}`,
    )
    const KUBECONFIG = ['', join(folder, 'missing'), a, b, a].join(delimiter)
    const config = await readKubeconfig({ env: { KUBECONFIG }, home: folder })
    expect(config?.files).toEqual([a, b])
    expect(config?.currentContext).toBe('x')
    expect(config?.clusters.get('c')?.fields).toEqual({ server: 'https://first' })
  })

  test('--kubeconfig alone, whatever $KUBECONFIG says', async () => {
    const folder = await tempFolder()
    const mine = await write(folder, 'mine', 'current-context: mine')
    const other = await write(folder, 'other', 'current-context: other')
    const place = { kubeconfig: mine, env: { KUBECONFIG: other }, home: folder }
    expect(await readKubeconfig(place)).toMatchObject({ currentContext: 'mine', files: [mine] })
  })

  test('in a pod: the service account', async () => {
    const folder = await tempFolder()
    await write(folder, 'namespace', 'observability')
    const env = { KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '6443' }
    const config = await inCluster(env, folder)
    expect(config?.clusters.get('in-cluster')?.fields.server).toBe('https://[fd00::1]:6443')
    expect(config?.contexts.get('in-cluster')?.fields.namespace).toBe('observability')
    expect(await inCluster({}, folder)).toBeUndefined()
    expect(await inCluster(env, join(folder, 'missing'))).toBeUndefined()
  })
})

describe('what can be wrong', () => {
  test('none anywhere', async () => {
    const home = await tempFolder()
    const failure = await failureOf(connect({ env: {}, home, timeout: 1000 }))
    expect(failure).toMatchObject({
      reason: 'not-found',
      detail: `no kubeconfig: ${join(home, '.kube/config')} does not exist`,
      fix: expect.stringContaining('obsdeck demo'),
    })
  })

  test('the one asked for is missing, though $KUBECONFIG is there', async () => {
    const folder = await tempFolder()
    const there = await write(folder, 'there', kubeconfigOf({ server: 'https://lab' }))
    const kubeconfig = join(folder, 'gone')
    const place = { kubeconfig, env: { KUBECONFIG: there }, home: folder, timeout: 1000 }
    expect((await failureOf(connect(place))).detail).toBe(`no kubeconfig: ${kubeconfig} does not exist`)
  })

  test('a folder', async () => {
    const folder = await tempFolder()
    expect(await failureOf(connectWith(folder))).toMatchObject({
      reason: 'forbidden',
      detail: `cannot read ${folder}: a folder`,
    })
  })

  test.skipIf(getuid?.() === 0)('not ours to read (root may read all, then this is skipped)', async () => {
    const folder = await tempFolder()
    const file = await write(folder, 'config', 'a: b')
    await chmod(file, 0)
    expect(await failureOf(connectWith(file))).toMatchObject({
      reason: 'forbidden',
      detail: `cannot read ${file}: permission denied`,
    })
  })

  const broken: [string, string, Record<string, unknown>][] = [
    ['not YAML', 'a: [b', { reason: 'invalid', detail: expect.stringContaining('is no kubeconfig') }],
    [
      'not a mapping',
      '- a\n- b\n',
      { reason: 'invalid', detail: expect.stringContaining('it is not a mapping') },
    ],
    [
      'no current context',
      'contexts: [{name: a, context: {}}, {name: b, context: {}}]',
      {
        reason: 'invalid',
        detail: expect.stringContaining('has no current context'),
        fix: 'pass --context: a, b',
      },
    ],
    [
      'a context of a cluster that is not there',
      '{current-context: x, contexts: [{name: x, context: {cluster: gone, user: u}}], users: [{name: u, user: {}}]}',
      { reason: 'invalid', detail: expect.stringContaining('names cluster gone') },
    ],
    [
      'a context of a user that is not there',
      '{current-context: x, contexts: [{name: x, context: {cluster: c, user: gone}}], clusters: [{name: c, cluster: {server: "https://a"}}]}',
      { reason: 'invalid', detail: expect.stringContaining('names user gone') },
    ],
    [
      'a cluster without a server',
      '{current-context: x, contexts: [{name: x, context: {cluster: c}}], clusters: [{name: c, cluster: {}}]}',
      { reason: 'invalid', detail: 'cluster c has no server' },
    ],
    [
      'an address that is none',
      '{current-context: x, contexts: [{name: x, context: {cluster: c}}], clusters: [{name: c, cluster: {server: "https://a b"}}]}',
      { reason: 'invalid', detail: expect.stringContaining('is no address') },
    ],
  ]
  test.each(broken)('%s', async (_name, content, expected) => {
    const folder = await tempFolder()
    expect(await failureOf(connectWith(await write(folder, 'config', content)))).toMatchObject(expected)
  })

  test.each([
    ['hoemlab', 'did you mean homelab?'],
    ['edge', 'its contexts: production, homelab, staging, homelab-old'],
  ])('an unknown context %s: %s', async (wanted, fix) => {
    const folder = await tempFolder()
    const names = ['production', 'homelab', 'staging', 'homelab-old']
    const list = names.map((name) => `{name: ${name}, context: {}}`).join(', ')
    const failure = await failureOf(connectWith(await write(folder, 'config', `contexts: [${list}]`), wanted))
    expect(failure).toMatchObject({
      reason: 'not-found',
      detail: expect.stringContaining(`no context ${wanted}`),
      fix,
    })
  })
})
