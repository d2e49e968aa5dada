// The contract for objects: what every Kubernetes API must do with reads, writes and watches.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Cluster, WatchEvent } from '#cluster/cluster.ts'
import type { KubeObject } from '#model/kube.ts'
import { CONFIG_MAPS, type KubernetesBed } from './bed.ts'

const never = new AbortController().signal
const whole = { json: (object: KubeObject) => object }

export function describeObjects(makeBed: () => Promise<KubernetesBed>): void {
  let bed: KubernetesBed
  let cluster: Cluster

  beforeAll(async () => {
    bed = await makeBed()
    cluster = await bed.connect()
  })
  afterAll(async () => {
    await cluster?.close()
    await bed?.close()
  })

  const map = (
    name: string,
    data: Record<string, string>,
    labels: Record<string, string> = {},
  ): KubeObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: bed.namespace, labels: { contract: 'yes', ...labels } },
    data,
  })
  const ref = (name: string) => ({ group: '', kind: 'ConfigMap', namespace: bed.namespace, name })
  const apply = (object: KubeObject) => cluster.apply(CONFIG_MAPS, object, never)
  const get = (name: string) => cluster.get(CONFIG_MAPS, name, bed.namespace, never)
  const query = { resource: CONFIG_MAPS, labelSelector: 'contract=yes' }

  async function names(more: { labelSelector?: string; fieldSelector?: string; page?: number } = {}) {
    const pages: string[][] = []
    const asked = { ...query, namespace: bed.namespace, ...(more.page && { firstPage: more.page }), ...more }
    for await (const page of cluster.list(asked, whole, never)) {
      pages.push(page.items.map(({ metadata }) => metadata.name))
    }
    return pages
  }

  const clear = async () => {
    for (const name of (await names()).flat()) await cluster.delete(CONFIG_MAPS, ref(name), never)
  }
  beforeEach(clear)
  afterAll(clear)

  it('names its version', async () => {
    expect((await cluster.version(never)).gitVersion).toMatch(/^v1\.\d+\.\d+/)
  })

  it('names the kinds that it serves', async () => {
    const { resources, failed } = await cluster.discover(never)
    expect(failed).toEqual([])
    const pods = resources.find(({ group, plural }) => group === '' && plural === 'pods')
    expect(pods).toMatchObject({ kind: 'Pod', namespaced: true, version: 'v1' })
    expect(pods?.shortNames).toContain('po')
    expect(resources.some(({ group, plural }) => group === 'apps' && plural === 'deployments')).toBe(true)
  })

  describe('writes', () => {
    it('applies a new object and gives it back', async () => {
      const made = await apply(map('a', { x: '1' }))
      expect(made.metadata.uid).toMatch(/^[0-9a-f-]{36}$/)
      expect(await get('a')).toMatchObject({ kind: 'ConfigMap', apiVersion: 'v1', data: { x: '1' } })
    })

    it('gives no new version where nothing changes', async () => {
      const made = await apply(map('a', { x: '1' }))
      const again = await apply(map('a', { x: '1' }))
      expect(again.metadata.resourceVersion).toBe(made.metadata.resourceVersion)
    })

    it('takes away what is no longer applied', async () => {
      await apply(map('a', { x: '1', y: '2' }))
      await apply(map('a', { x: '1' }))
      expect((await get('a')).data).toEqual({ x: '1' })
    })

    it('refuses to apply over a field that another kind of write changed', async () => {
      await apply(map('a', { x: '1' }))
      await cluster.patch(CONFIG_MAPS, ref('a'), { data: { x: '2' } }, never)
      await expect(apply(map('a', { x: '1' }))).rejects.toMatchObject({
        reason: 'conflict',
        status: 409,
        message: expect.stringContaining('.data.x'),
      })
    })

    it('merges a patch, and takes away by null', async () => {
      await apply(map('a', { x: '1', y: '2' }))
      await cluster.patch(CONFIG_MAPS, ref('a'), { data: { x: null, z: '3' } }, never)
      expect((await get('a')).data).toEqual({ y: '2', z: '3' })
    })

    it('changes nothing in a dry run', async () => {
      await apply(map('a', { x: '1' }))
      const dry = { dryRun: true }
      expect((await cluster.apply(CONFIG_MAPS, map('a', { x: '9' }), never, dry)).data).toEqual({ x: '9' })
      await cluster.patch(CONFIG_MAPS, ref('a'), { data: { x: '9' } }, never, dry)
      await cluster.delete(CONFIG_MAPS, ref('a'), never, dry)
      expect((await get('a')).data).toEqual({ x: '1' })
    })

    it('deletes, and says what is not there', async () => {
      await apply(map('a', {}))
      await cluster.delete(CONFIG_MAPS, ref('a'), never)
      await expect(get('a')).rejects.toMatchObject({
        reason: 'not-found',
        status: 404,
        message: expect.stringContaining('configmaps "a" not found'),
      })
    })
  })

  describe('lists', () => {
    beforeEach(async () => {
      for (const [name, tier] of [
        ['c', 'web'],
        ['a', 'web'],
        ['e', 'db'],
        ['b', 'db'],
        ['d', 'web'],
      ] as const) {
        await apply(map(name, {}, { tier }))
      }
    })

    it('come in pages, sorted by name', async () => {
      expect(await names({ page: 2 })).toEqual([['a', 'b'], ['c', 'd'], ['e']])
    })

    it.each([
      [{ labelSelector: 'contract=yes,tier=web' }, ['a', 'c', 'd']],
      [{ labelSelector: 'contract=yes,tier!=web' }, ['b', 'e']],
      [{ labelSelector: 'contract=yes,tier in (db,cache)' }, ['b', 'e']],
      [{ labelSelector: 'contract=yes,tier notin (db)' }, ['a', 'c', 'd']],
      [{ labelSelector: 'contract=yes,!tier' }, []],
      [{ fieldSelector: 'metadata.name=c' }, ['c']],
    ])('select by %o', async (selector, expected) => {
      expect((await names(selector)).flat()).toEqual(expected)
    })

    it('refuse a selector that they do not know', async () => {
      await expect(names({ fieldSelector: 'data.x=1' })).rejects.toMatchObject({
        reason: 'invalid',
        status: 400,
      })
    })

    it('give a table with the columns of the kind', async () => {
      const { columns, rows } = await cluster.table({ ...query, namespace: bed.namespace }, never)
      expect(columns.map(({ name }) => name)).toEqual(['Name', 'Data', 'Age'])
      expect(rows.map(({ cells }) => cells.slice(0, 2))).toEqual([
        ['a', 0],
        ['b', 0],
        ['c', 0],
        ['d', 0],
        ['e', 0],
      ])
      expect(rows[0]).toMatchObject({ name: 'a', namespace: bed.namespace })
    })
  })

  describe('watches', () => {
    const version = async () => {
      for await (const page of cluster.list({ ...query, namespace: bed.namespace }, whole, never)) {
        return page.resourceVersion
      }
      throw new Error('no page')
    }
    const brief = (event: WatchEvent<KubeObject>) =>
      event.type === 'bookmark' ? event.type : `${event.type} ${event.item.metadata.name}`

    async function watched(labelSelector: string, count: number, changes: () => Promise<void>) {
      const stop = new AbortController()
      const asked = { ...query, namespace: bed.namespace, labelSelector, resourceVersion: await version() }
      const events = cluster.watch(asked, whole, stop.signal)
      await changes()
      const seen: string[] = []
      for (let next = await events.next(); !next.done; next = await events.next()) {
        if (next.value.type !== 'bookmark') seen.push(brief(next.value))
        if (seen.length === count) stop.abort()
      }
      return seen
    }

    it('tell what was added, changed and removed since a version, in order', async () => {
      const seen = await watched('contract=yes', 3, async () => {
        await apply(map('a', { x: '1' }))
        await apply(map('a', { x: '2' }))
        await cluster.delete(CONFIG_MAPS, ref('a'), never)
      })
      expect(seen).toEqual(['added a', 'modified a', 'deleted a'])
    })

    it('tell of objects that enter and leave their selector', async () => {
      await apply(map('a', {}, { tier: 'web' }))
      const seen = await watched('contract=yes,tier=db', 2, async () => {
        await apply(map('a', {}, { tier: 'db' }))
        await apply(map('a', {}, { tier: 'web' }))
      })
      expect(seen).toEqual(['added a', 'deleted a'])
    })

    it('are silent to who is ahead of the server, whatever changes', async () => {
      const stop = new AbortController()
      const from = (resourceVersion: string) =>
        cluster.watch({ ...query, namespace: bed.namespace, resourceVersion }, whole, stop.signal)
      const now = await version()
      const ahead = from(String(Number(now) + 1_000_000)).next()
      const seen: string[] = []
      for (const value of ['1', '2', '3']) {
        await apply(map('a', { x: value }))
        const current = from(now)
        // Its answer shows that the server had time for the one that was asked before.
        for (let next = await current.next(); !next.done; next = await current.next()) {
          if (next.value.type === 'bookmark') continue
          seen.push(brief(next.value))
          break
        }
        await current.return({ reason: 'aborted' })
      }
      stop.abort()
      expect(seen).toEqual(['added a', 'added a', 'added a'])
      expect(await ahead).toEqual({ done: true, value: { reason: 'aborted' } })
    })

    it('end as expired where the version is too old', async () => {
      const old = await version()
      await apply(map('a', { x: '1' }))
      await apply(map('a', { x: '2' }))
      await bed.compact()
      const events = cluster.watch({ ...query, namespace: bed.namespace, resourceVersion: old }, whole, never)
      const first = await events.next()
      expect(first.done).toBe(true)
      expect(first.value).toMatchObject({ reason: 'expired' })
    })
  })
}
