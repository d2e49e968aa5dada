// The bed itself: that beds do not meet, that nothing of them is left, and that its controls do what they say.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Bed, startBed } from './bed/bed.ts'
import { PARTS, type Ports } from './bed/parts.ts'
import { until } from './bed/wait.ts'
import { describeBed } from './describe-bed.ts'
import { reportStart } from './report-start.ts'

interface Traces {
  readonly folder: string
  readonly ports: Ports
  readonly pids: readonly number[]
}

const tracesOf = ({ folder, ports, pids }: Bed): Traces => ({ folder, ports, pids: [...pids().values()] })

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

async function left({ folder, ports, pids }: Traces): Promise<readonly string[]> {
  const taken = await Promise.all(
    Object.entries(ports).map(async ([name, port]) => ((await isFree(port)) ? [] : [`port of ${name}`])),
  )
  return [
    ...pids.filter(lives).map((pid) => `process ${pid}`),
    ...taken.flat(),
    ...(existsSync(folder) ? [folder] : []),
  ]
}

const namespaceOf = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })

describeBed('beds', [], () => {
  const beds: Bed[] = []
  afterEach(async () => {
    for (const bed of beds.splice(0)) await bed.close()
  })

  it('stand side by side without meeting, and one outlives the other', async () => {
    const [one, other] = await Promise.all([startBed({ parts: [] }), startBed({ parts: [] })])
    beds.push(one, other)
    const ports = [...Object.values(one.ports), ...Object.values(other.ports)]
    expect(new Set(ports).size).toBe(ports.length)

    await one.api.apply(namespaceOf('mine'))
    expect(await one.api.status('/api/v1/namespaces/mine')).toBe(200)
    expect(await other.api.status('/api/v1/namespaces/mine')).toBe(404)

    const traces = tracesOf(one)
    expect(traces.pids.length).toBe(3)
    await one.close()
    expect(await left(traces)).toEqual([])
    expect(await other.api.status('/readyz')).toBe(200)
  })

  it.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
    'leave nothing when %s ends their owner',
    async (signal) => {
      const owner = spawn(process.execPath, [join(import.meta.dirname, 'hold.ts'), 'etcd'], {
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      let traces: Traces | undefined
      let said = ''
      const lines = createInterface({ input: owner.stderr })
      for await (const line of lines) {
        said += `${line}\n`
        if (!line.startsWith('{')) continue
        const { folder, ports, pids } = JSON.parse(line) as Omit<Traces, 'pids'> & {
          pids: Record<string, number>
        }
        traces = { folder, ports, pids: Object.values(pids) }
        break
      }
      if (traces === undefined) throw new Error(`the owner ended early: ${said}`)
      expect(traces.pids.filter(lives)).toHaveLength(3)
      owner.kill(signal)
      const seen = traces
      await until('nothing to be left', 15_000, async () => (await left(seen)).length === 0)
    },
  )

  it('fail with the end of the log of the part that failed', async () => {
    const bed = await startBed({ parts: [] })
    beds.push(bed)
    await bed.stop('kube-apiserver', 'SIGKILL')
    const squatter = createServer().listen(bed.ports.api, '127.0.0.1')
    try {
      await expect(bed.start('kube-apiserver')).rejects.toThrow(
        /^kube-apiserver ended \(exit code 1\)[\s\S]*address already in use/,
      )
    } finally {
      squatter.close()
    }
  })
})

describeBed('a bed with all its parts', undefined, () => {
  let bed: Bed
  let traces: Traces
  beforeAll(async () => {
    bed = await startBed()
    traces = tracesOf(bed)
    reportStart(bed)
  })
  afterAll(async () => {
    if (bed === undefined) return
    await bed.close()
    expect(await left(traces)).toEqual([])
  })

  it('is watched by its own Prometheus', async () => {
    const proxy = '/api/v1/namespaces/observability/services/prometheus-operated:http-web/proxy'
    const up = `${proxy}/api/v1/query?query=${encodeURIComponent('count(up == 1)')}`
    await until('every target to be up', 30_000, async () => {
      const answer = (await bed.api.get(up)) as { data: { result: { value: [number, string] }[] } }
      return answer.data.result[0]?.value[1] === '7'
    })
    const alerts =
      '/api/v1/namespaces/observability/services/alertmanager-operated:http-web/proxy/api/v2/alerts'
    await until('the alert that always fires', 30_000, async () =>
      ((await bed.api.get(alerts)) as { labels: { alertname: string } }[]).some(
        ({ labels }) => labels.alertname === 'Watchdog',
      ),
    )
  })

  it('has controllers of Flux that act', async () => {
    const metadata = { name: 'unreachable', namespace: 'flux-system' }
    const interval = '1m'
    const objects = [
      {
        apiVersion: 'source.toolkit.fluxcd.io/v1',
        kind: 'HelmRepository',
        metadata,
        spec: { interval, url: `http://127.0.0.1:${bed.ports.etcdPeer}/nothing` },
      },
      {
        apiVersion: 'helm.toolkit.fluxcd.io/v2',
        kind: 'HelmRelease',
        metadata,
        spec: { interval, chartRef: { kind: 'HelmChart', name: 'none' } },
      },
      {
        apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
        kind: 'Kustomization',
        metadata,
        spec: { interval, prune: true, path: './', sourceRef: { kind: 'GitRepository', name: 'none' } },
      },
    ]
    for (const object of objects) {
      await bed.api.apply(object)
      await until(`a verdict about ${object.kind}`, 30_000, async () => {
        // Applying again changes nothing and gives back the object as it is.
        const { status } = (await bed.api.apply(object)) as {
          status?: { conditions?: { type: string; status: string }[] }
        }
        return status?.conditions?.some((one) => one.type === 'Ready' && one.status === 'False')
      })
    }
  })

  describe('under its controls', () => {
    it('keeps its objects when the API server crashes', async () => {
      await bed.api.apply(namespaceOf('kept'))
      await bed.stop('kube-apiserver', 'SIGKILL')
      await expect(bed.api.status('/readyz')).rejects.toThrow()
      await bed.start('kube-apiserver')
      expect(await bed.api.status('/api/v1/namespaces/kept')).toBe(200)
    })

    it('refuses a continue token that is older than etcd’s compaction', async () => {
      const page = '/api/v1/namespaces?limit=1'
      const { metadata } = (await bed.api.get(page)) as { metadata: { continue: string } }
      await bed.api.apply(namespaceOf('later'))
      const next = `${page}&continue=${encodeURIComponent(metadata.continue)}`
      await bed.compact()
      // From its cache it would still be answered.
      await bed.stop('kube-apiserver', 'SIGKILL')
      await bed.start('kube-apiserver')
      expect(await bed.api.status(next)).toBe(410)
    })

    it.each(['same authority', 'other authority'] as const)(
      'serves a new certificate by the %s',
      async (by) => {
        const before = await readFile(bed.kubeconfig, 'utf8')
        await bed.replaceCertificate(by)
        const after = await readFile(bed.kubeconfig, 'utf8')
        expect(after === before).toBe(by === 'same authority')
        expect(await bed.api.status('/readyz')).toBe(200)
      },
    )

    it('comes back empty but for what it has from the start', async () => {
      await bed.api.apply(namespaceOf('forgotten'))
      await bed.emptyStore()
      expect(await bed.api.status('/api/v1/namespaces/forgotten')).toBe(404)
      expect(await bed.api.status('/api/v1/nodes/node-1')).toBe(200)
      expect([...bed.pids().keys()].sort()).toEqual([...PARTS].sort())
    })
  })
})
