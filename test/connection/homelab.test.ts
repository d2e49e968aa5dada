// The client against the homelab's API server: the same calls that a real one gets.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { connect } from '#cluster/connect.ts'
import { serveHomelab } from '#homelab/serve.ts'
import type { Upstream } from '#homelab/upstream.ts'
import type { PodRow } from '#model/kube.ts'
import { podDecoder } from '#sources/kubernetes/pods.ts'
import { fixtureWorld } from '#test/homelab/kube/world.ts'
import { asIs, atEnd, collect, failureOf, forever, kustomizations, pods, tempFolder } from './bed.ts'

const echo: Upstream = {
  namespace: 'observability',
  service: 'prometheus-operated',
  port: 9090,
  answer: async ({ method, path, params, body }) => ({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ method, path, params: Object.fromEntries(params), body }),
  }),
}

async function homelab(more: { morePods?: number } = {}) {
  const world = fixtureWorld(more)
  atEnd(() => world.stop())
  const lab = await serveHomelab({ world, upstreams: [echo], bookmarkEvery: 50 })
  atEnd(() => lab.close())
  const home = await tempFolder()
  const kubeconfig = join(home, 'config')
  await writeFile(kubeconfig, lab.kubeconfig)
  const as = async (context?: string) => {
    const cluster = await connect({ kubeconfig, env: {}, home, timeout: 5000, ...(context && { context }) })
    atEnd(() => cluster.close())
    return cluster
  }
  return { world, lab, as }
}

const configMaps = { group: '', version: 'v1', plural: 'configmaps', kind: 'ConfigMap', namespaced: true }

const rowsOf = (pages: readonly { readonly items: readonly PodRow[] }[]) =>
  pages.flatMap((page) => page.items)

describe('the homelab', () => {
  test('pods by protobuf are the pods by JSON, page by page', async () => {
    const { as, world } = await homelab({ morePods: 700 })
    const cluster = await as()
    const decoder = podDecoder()
    const binary = await collect(cluster.list({ resource: pods }, decoder, forever()))
    const plain = await collect(cluster.list({ resource: pods }, { json: podDecoder().json }, forever()))
    expect(decoder.protobuf).toBeDefined()
    expect(binary[0]?.items).toHaveLength(50)
    expect(binary[1]?.items).toHaveLength(250)
    const names = rowsOf(binary).map(({ namespace, name }) => `${namespace}/${name}`)
    expect(names).toEqual(
      world.store.list(pods).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`),
    )
    expect(rowsOf(binary)).toEqual(rowsOf(plain))
  })

  test('a watch tells of a change and of bookmarks, and expires after compaction', async () => {
    const { as, world } = await homelab()
    const cluster = await as()
    const [page] = await collect(cluster.list({ resource: kustomizations, firstPage: 500 }, asIs, forever()))
    const first = page?.items[0]
    if (!page || !first) throw new Error('the homelab has Kustomizations')
    const abort = new AbortController()
    const query = { resource: kustomizations, resourceVersion: page.resourceVersion }
    const events = cluster.watch(query, asIs, abort.signal)
    const bookmark = await events.next()
    expect(bookmark.value).toMatchObject({ type: 'bookmark' })
    world.store.put(kustomizations, { ...first, spec: { changed: true } })
    for (;;) {
      const { value, done } = await events.next()
      if (done) throw new Error(`the watch ended: ${JSON.stringify(value)}`)
      if (value.type === 'bookmark') continue
      if (value.item.metadata.name !== first.metadata.name || !value.item.spec) continue
      expect(value).toMatchObject({
        type: 'modified',
        item: { kind: 'Kustomization', spec: { changed: true } },
      })
      break
    }
    abort.abort()
    while (!(await events.next()).done);
    world.store.compact()
    const late = cluster.watch({ ...query, resourceVersion: '1' }, asIs, forever())
    expect(await late.next()).toMatchObject({ done: true, value: { reason: 'expired' } })
  })

  test('version, discovery, one object, a table, a service', async () => {
    const { as } = await homelab()
    const cluster = await as()
    expect((await cluster.version(forever())).gitVersion).toMatch(/^v1\.\d+/)
    const { resources, failed } = await cluster.discover(forever())
    expect(failed).toEqual([])
    expect(resources).toContainEqual(
      expect.objectContaining({ group: '', plural: 'pods', kind: 'Pod', namespaced: true }),
    )
    expect(resources).toContainEqual(
      expect.objectContaining({ plural: 'kustomizations', kind: 'Kustomization' }),
    )
    const table = await cluster.table({ resource: pods }, forever())
    expect(table.columns.map(({ name }) => name).slice(0, 4)).toEqual(['Name', 'Ready', 'Status', 'Restarts'])
    const [row] = table.rows
    expect(row?.cells[0]).toBe(row?.name)
    const pod = await cluster.get(pods, row?.name ?? '', row?.namespace, forever())
    expect(pod).toMatchObject({ kind: 'Pod', metadata: { uid: row?.uid } })
    const target = { namespace: 'observability', service: 'prometheus-operated', port: 9090 }
    const answer = await cluster.serviceFetch(
      target,
      { path: '/api/v1/query?query=up%7Ba%3D%22b%22%7D' },
      forever(),
    )
    expect(await answer.json()).toMatchObject({
      method: 'GET',
      path: '/api/v1/query',
      params: { query: 'up{a="b"}' },
    })
  })

  test('narrowed users: what they may not, and that they know it', async () => {
    const { as } = await homelab()
    const nodes = { group: '', version: 'v1', plural: 'nodes', kind: 'Node', namespaced: false }
    const blind = await as('no-nodes')
    expect(blind.contexts).toContain('no-nodes')
    expect(await failureOf(collect(blind.list({ resource: nodes }, asIs, forever())))).toMatchObject({
      reason: 'forbidden',
      detail: 'nodes forbidden for no-nodes cluster-wide',
    })
    expect(await blind.can({ verb: 'list', group: '', resource: 'nodes' }, forever())).toMatchObject({
      allowed: false,
    })
    const apart = await as('no-proxy')
    const target = { namespace: 'observability', service: 'prometheus-operated', port: 9090 }
    expect(await failureOf(apart.serviceFetch(target, { path: '/' }, forever()))).toMatchObject({
      reason: 'forbidden',
      detail: 'services/proxy forbidden for no-proxy in observability',
    })
    const access = { verb: 'get', group: '', resource: 'services/proxy', namespace: 'observability' }
    expect(await apart.can(access, forever())).toMatchObject({ allowed: false })
    expect(await (await as()).can(access, forever())).toEqual({ allowed: true })
  })

  test('a patch, an apply and a delete change it; a dry run does not', async () => {
    const { as, world } = await homelab()
    const cluster = await as()
    const [there] = world.store.list(kustomizations)
    if (!there) throw new Error('the homelab has a Kustomization')
    const { name, namespace = '' } = there.metadata
    const ref = { group: kustomizations.group, kind: 'Kustomization', name, namespace }
    const stored = () => world.store.get(kustomizations, namespace, name)
    const suspend = { spec: { suspend: true } }
    expect(await cluster.patch(kustomizations, ref, suspend, forever(), { dryRun: true })).toMatchObject(
      suspend,
    )
    expect(stored()).toEqual(there)
    expect(await cluster.patch(kustomizations, ref, suspend, forever())).toMatchObject(suspend)
    expect(stored()).toMatchObject(suspend)
    const metadata = { name: 'notes', namespace }
    const notes = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { a: 'b' } }
    expect(await cluster.apply(configMaps, notes, forever())).toMatchObject({ data: { a: 'b' } })
    expect(world.store.get(configMaps, namespace, 'notes')).toMatchObject({ data: { a: 'b' } })
    const notesRef = { group: '', kind: 'ConfigMap', ...metadata }
    await cluster.delete(configMaps, notesRef, forever(), { dryRun: true })
    expect(world.store.get(configMaps, namespace, 'notes')).toBeDefined()
    await cluster.delete(configMaps, notesRef, forever())
    expect(world.store.get(configMaps, namespace, 'notes')).toBeUndefined()
    expect(await failureOf(cluster.get(configMaps, 'notes', namespace, forever()))).toMatchObject({
      reason: 'not-found',
      status: 404,
    })
  })

  test('the log of a container', async () => {
    const { as } = await homelab()
    const cluster = await as()
    const query = { namespace: 'observability', pod: 'prometheus-0', tailLines: 3 }
    const lines = await collect(cluster.logs(query, forever()))
    expect(lines).toHaveLength(3)
    expect(lines[0]).toMatch(/^prometheus-0 line -?\d+$/)
  })

  test('a command in a container, and a port to a pod', async () => {
    const { as } = await homelab()
    const cluster = await as()
    const pod = { namespace: 'observability', pod: 'prometheus-0' }
    expect(await cluster.exec({ ...pod, command: ['hostname'] }, forever())).toEqual({
      stdout: 'prometheus-0\n',
      stderr: '',
      exitCode: 0,
    })
    const unknown = cluster.exec({ ...pod, command: ['no-such-command'] }, forever())
    expect(await failureOf(unknown)).toMatchObject({ reason: 'server-error' })
    const gone = { namespace: 'observability', pod: 'gone', command: ['hostname'] }
    expect(await failureOf(cluster.exec(gone, forever()))).toMatchObject({ reason: 'not-found' })
    const forward = await cluster.forward('observability', 'prometheus-0', 9090, forever())
    const answers = [1, 2].map(async (n) => {
      const answer = await fetch(`http://127.0.0.1:${forward.port}/api/v1/query?n=${n}`)
      return answer.json()
    })
    expect(await Promise.all(answers)).toMatchObject([
      { path: '/api/v1/query', params: { n: '1' } },
      { path: '/api/v1/query', params: { n: '2' } },
    ])
    await forward.close()
  })

  test('connections that were dropped are made again', async () => {
    const { as, lab } = await homelab()
    const cluster = await as()
    await cluster.version(forever())
    lab.dropConnections()
    expect((await cluster.version(forever())).gitVersion).toMatch(/^v1/)
  })
})
