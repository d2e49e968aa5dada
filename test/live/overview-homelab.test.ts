// The Overview of the whole homelab, over the wire, as an operator would see it: a good day, and three bad ones.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { connect } from '#cluster/connect.ts'
import { parseScenario } from '#homelab/scenario/schema.ts'
import { startHomelab } from '#homelab/start.ts'
import { readOverview } from '#live/overview-once.ts'
import type { Finding, Overview } from '#model/overview.ts'
import { revisionWords } from '#model/revision-words.ts'

const scenarios = new URL('../../src/homelab/scenarios/', import.meta.url)
const folders: string[] = []
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
})

async function overviewOf(name: string, context = 'homelab', namespace?: string): Promise<Overview> {
  const folder = await mkdtemp(join(tmpdir(), 'obsdeck-overview-'))
  folders.push(folder)
  const scenario = parseScenario(await readFile(new URL(`${name}.yaml`, scenarios), 'utf8'))
  const homelab = await startHomelab({ seed: 1, speed: 1, scenario })
  try {
    const kubeconfig = join(folder, 'config')
    await writeFile(kubeconfig, homelab.kubeconfig)
    const cluster = await connect({ kubeconfig, context, home: folder, env: {}, timeout: 60_000 })
    try {
      const settings = { namespace, range: { span: 3_600_000 }, timeout: 60_000 }
      return await readOverview({ cluster, settings, clock: Date.now, signal: AbortSignal.timeout(90_000) })
    } finally {
      await cluster.close()
    }
  } finally {
    await homelab.close()
  }
}

const troubles = (overview: Overview) => overview.wrong.filter((one) => one.kind !== 'suspended')
const subject = ({ ref }: Finding) => `${ref.kind} ${ref.namespace ?? ''}/${ref.name}`

describe('over the wire', { timeout: 120_000 }, () => {
  test('calm: everything was read, nothing is critical', async () => {
    const overview = await overviewOf('calm')
    expect(overview.blind).toEqual([])
    expect(troubles(overview).filter((one) => one.severity === 'critical')).toEqual([])
    expect(overview.wrong.at(-1)).toMatchObject({
      kind: 'suspended',
      ref: { kind: 'Kustomization', name: 'monitoring' },
      evidence: [expect.stringContaining('suspended by ben')],
    })
    expect(overview.nodes.data).toMatchObject({ total: 5, ready: 5, troubled: [] })
    // The pod of a job may be about to start.
    const { reasons = [] } = overview.pods.data ?? {}
    expect(reasons.filter(({ reason }) => reason !== 'ContainerCreating' && reason !== 'Pending')).toEqual([])
    expect(overview.pods.data?.total).toBeGreaterThan(100)
    expect(overview.stack.data?.filter((one) => one.state !== 'well')).toEqual([])
    expect(overview.capacity.data?.map((line) => line.name)).toEqual(['cpu', 'memory', 'disk', 'network'])
    for (const line of overview.capacity.data ?? []) expect(line.series.values.length).toBeGreaterThan(50)
    expect(overview.topMemory.data?.length).toBeGreaterThan(5)
    expect(overview.sources.find((one) => one.name === 'prometheus')).toMatchObject({ route: 'proxy' })
  })

  test('a user who may not use the service proxy gets a port-forward, or is told', async () => {
    const overview = await overviewOf('calm', 'no-proxy')
    const source = overview.sources.find((one) => one.name === 'prometheus')
    expect(overview.nodes.data?.total).toBe(5)
    expect(source?.gap).toBeUndefined()
    expect(source).toMatchObject({
      route: 'forward',
      why: expect.stringContaining('services/proxy forbidden for no-proxy in observability'),
    })
    expect(overview.blind).toEqual([])
  })

  test('a user of one namespace: what is there is shown, what is forbidden is named', async () => {
    const overview = await overviewOf('calm', 'one-namespace', 'shop')
    expect(overview.pods.data?.total).toBeGreaterThan(0)
    expect(overview.nodes.data).toBeUndefined()
    expect(overview.nodes.gap?.reason).toBe('forbidden')
    expect(overview.blind.map((one) => one.what)).toEqual(
      expect.arrayContaining(['nodes', 'alerts', 'disks']),
    )
    expect(overview.blind.find((one) => one.what === 'alerts')?.gap.reason).toBe('forbidden')
  })

  test('checkout-errors: checkout, since it fails, and the revision that Flux applied before', async () => {
    const overview = await overviewOf('checkout-errors')
    const [first] = overview.wrong
    expect(first && subject(first)).toBe('Deployment shop/checkout')
    expect(first?.severity).toBe('critical')
    expect(first?.evidence[0]).toMatch(/^errors \d/)
    expect(first?.evidence.join()).toContain('CrashLoopBackOff')
    expect(first?.change).toMatchObject({ ref: { kind: 'Kustomization', name: 'apps' } })
    expect(first?.change?.before).toBeLessThan(5 * 60_000)
    expect(troubles(overview).filter((one) => one.ref.name.startsWith('apps'))).toEqual([])
  })

  test('node-pressure: the node first, then what it killed', async () => {
    const overview = await overviewOf('node-pressure')
    const [first, second] = overview.wrong
    expect(first && subject(first)).toBe('Node /nuc-3')
    expect(first?.evidence).toEqual(expect.arrayContaining(['DiskPressure', 'MemoryPressure', 'evicts pods']))
    expect(second && subject(second)).toBe('Deployment ml/llm-serving')
    expect(second?.evidence.join()).toMatch(/OOM killed ×\d/)
  })

  test('failed-rollout: the release that asks for the image, in the registry’s words', async () => {
    const overview = await overviewOf('failed-rollout')
    const [first] = overview.wrong
    expect(first && subject(first)).toBe('Deployment media/photos')
    expect(first?.evidence.slice(0, 2)).toEqual(['image pull back-off', 'rollout stuck'])
    expect(first?.evidence).toContain('429 Too Many Requests')
    expect(first?.change).toMatchObject({
      ref: { kind: 'HelmRelease', name: 'photos' },
      what: 'chart 0.12.0',
    })
    expect(troubles(overview).filter((one) => one.kind === 'flux')).toEqual([])
    const photos = overview.flux.data?.changes.find(({ name }) => name === 'photos')
    expect(photos && revisionWords(photos)).toBe('0.11.2 → 0.12.0 failed')
  })
})
