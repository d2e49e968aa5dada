// The account that the README describes may read all that obsdeck asks for, and no more.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import type { KubeObject } from '#model/kube.ts'
import { kubeconfigOf } from './accounts.ts'
import { type Bed, startBed } from './bed/bed.ts'
import { cockpitsOn } from './cockpit.ts'
import { describeBed } from './describe-bed.ts'
import { reportStart } from './report-start.ts'
import { deployment, isRunning } from './workloads.ts'

const parts = ['kube-controller-manager', 'kube-scheduler', 'kwok', 'prometheus'] as const

describeBed('the rights that the README names', parts, () => {
  let bed: Bed
  let kubeconfig: string
  const account = cockpitsOn(() => kubeconfig)

  beforeAll(async () => {
    bed = await startBed({ parts })
    reportStart(bed)
    const readme = await readFile(join(import.meta.dirname, '../../README.md'), 'utf8')
    const text = /```yaml\n(apiVersion: v1\nkind: ServiceAccount[\s\S]*?)```/.exec(readme)?.[1] ?? ''
    const objects = parseAllDocuments(text).map((one) => one.toJS() as KubeObject)
    expect(objects.map(({ kind }) => kind)).toEqual(['ServiceAccount', 'ClusterRole', 'ClusterRoleBinding'])
    for (const object of objects) await bed.api.apply(object)
    kubeconfig = await kubeconfigOf(bed, 'obsdeck', 'observability')
    await bed.api.apply(deployment('shop', 'cart', 2))
    await isRunning(bed, 'shop', 'cart', 2)
  })
  afterAll(() => bed?.close())

  it('nothing that the Overview asks for is forbidden, and Prometheus answers', async () => {
    const { out } = await account.run('-o', 'json')
    const overview = JSON.parse(out)
    const forbidden = overview.blind.filter(
      ({ gap }: { gap: { reason: string } }) => gap.reason === 'forbidden',
    )
    expect(forbidden).toEqual([])
    expect(overview.pods.data.total).toBeGreaterThanOrEqual(2)
    const source = overview.sources.find(({ name }: { name: string }) => name === 'prometheus')
    expect(source).toMatchObject({ route: 'proxy' })
  })

  it.each([
    ['pods', ['get', 'pods', '-A'], /cart-/],
    ['nodes', ['get', 'nodes'], /node-1/],
    ['workloads', ['get', 'workloads', '-A'], /cart/],
    ['events', ['get', 'events', '-A'], /cart-/],
    ['namespaces', ['get', 'namespaces'], /shop/],
    ['metrics', ['query', 'count(up)'], /\d/],
  ])('%s are read', async (_, args, says) => {
    const { code, out, err } = await account.run(...args)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(says)
  })

  it('Secrets are not', async () => {
    const { code, err } = await account.run('get', 'secrets', '-n', 'observability')
    expect(code).toBe(2)
    expect(err).toContain('secrets forbidden for system:serviceaccount:observability:obsdeck')
  })
})
