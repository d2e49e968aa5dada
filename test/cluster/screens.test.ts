// Every screen and command once on a real control plane: its own tables and events, real logs of a kubelet, Prometheus
// behind the API server's own service proxy.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type Program, until } from '#test/terminal/pty.ts'
import { type Bed, startBed } from './bed/bed.ts'
import { cockpitsOn, rowsShown, sorted } from './cockpit.ts'
import { describeBed } from './describe-bed.ts'
import { reportStart } from './report-start.ts'
import { deployment, isRunning, restarted } from './workloads.ts'

const parts = ['kube-controller-manager', 'kube-scheduler', 'kwok', 'prometheus'] as const

describeBed('on a real control plane', parts, () => {
  let bed: Bed
  const cockpits = cockpitsOn(() => bed.kubeconfig)
  beforeAll(async () => {
    bed = await startBed({ parts })
    reportStart(bed)
    await bed.api.apply(deployment('shop', 'cart', 3))
    await isRunning(bed, 'shop', 'cart', 3)
    await restarted(bed, 'shop', 'cart', 4)
  })
  afterEach(() => cockpits.end())
  afterAll(() => bed?.close())

  const cells = (rows: readonly Readonly<Record<string, string>>[], ...columns: readonly string[]) =>
    sorted(rows.map((row) => columns.map((column) => row[column] ?? '')))
  /** Waits until these columns of the screen are those of the server's own table. */
  async function showsTable(
    program: Program,
    path: string,
    columns: Readonly<Record<string, string>>,
  ): Promise<void> {
    const theirs = cells(await bed.api.table(path), ...Object.values(columns))
    expect(theirs.length).toBeGreaterThan(0)
    await until(
      program,
      theirs.join('\n'),
      () => cells(rowsShown(program), ...Object.keys(columns)).join('\n') === theirs.join('\n'),
    )
  }

  it('the Overview: what is wrong, and what could not be read', async () => {
    const program = cockpits.open()
    await until(program, 'the cluster', () => /nodes 3\/3 +pods ▲ 3\/4/.test(program.text()))
    await until(program, 'the finding', () => /▲ shop\/cart +CrashLoopBackOff · exit 1/.test(program.text()))
    await until(program, 'the proxy', () => /kube direct +prom proxy/.test(program.lines()[0] ?? ''))
    expect(program.text()).toContain('cannot read flux: the cluster serves no Flux kinds')
    await until(program, 'what Prometheus lacks', () =>
      program.text().includes('cannot read usage: Prometheus has no container_cpu_usage_seconds_total'),
    )
  })

  it('the tables: pods, nodes, workloads, and any kind as the server draws it', async () => {
    const program = cockpits.open('pods')
    const named = { namespace: 'Namespace', name: 'Name' }
    await showsTable(program, '/api/v1/pods', { ...named, ready: 'Ready', status: 'Status' })
    // The kubelet's version is among the wide columns.
    program.write(':nodes\r\u0017')
    await showsTable(program, '/api/v1/nodes', { name: 'Name', status: 'Status', kubelet: 'Version' })
    program.write(':workloads\r')
    await until(program, 'the workloads', () => {
      const rows = cells(rowsShown(program), 'namespace', 'name', 'kind', 'ready')
      return rows.join() === 'observability  prometheus  StatefulSet  1/1,shop  cart  Deployment  3/3'
    })
    program.write(':configmaps\r')
    await showsTable(program, '/api/v1/configmaps', { ...named, data: 'Data' })
    program.write(':deployments\r')
    await showsTable(program, '/apis/apps/v1/deployments', {
      ...named,
      ...{ ready: 'Ready', 'up-to-date': 'Up-to-date', available: 'Available', images: 'Images' },
    })
  })

  it('events as the control plane writes them', async () => {
    const program = cockpits.open('events')
    await until(program, 'the events', () => {
      const shown = rowsShown(program).filter(({ namespace }) => namespace === 'shop')
      const reasons = new Set(shown.map(({ reason }) => reason))
      return ['Scheduled', 'SuccessfulCreate', 'ScalingReplicaSet'].every((one) => reasons.has(one))
    })
    expect(program.text()).toMatch(
      /ScalingReplicaSet +deployment\/cart .*Scaled up replica set cart-\S+ from 0 to 3/,
    )
  })

  it('from a pod to its containers, its YAML and its logs as they grow', async () => {
    const program = cockpits.open('pods', '-n', 'observability')
    await until(program, 'the pod', () => rowsShown(program).length === 1)
    program.write('\r')
    await until(program, 'the detail', () => /● prometheus +running/.test(program.text()))
    expect(program.text()).toMatch(/belongs to +StatefulSet observability\/prometheus/)
    await until(program, 'its events', () => /Scheduled +Successfully assigned/.test(program.text()))
    program.write('y')
    await until(program, 'the YAML', () => /^ {3}name: prometheus-0$/m.test(program.text()))
    expect(program.text()).not.toContain('managedFields')
    program.write('\u001b')
    await until(program, 'the detail again', () => /● prometheus +running/.test(program.text()))
    program.write('l')
    await until(program, 'the log', () => program.text().includes('this container, line 20'))
    await bed.logLine('a line that came later')
    await until(program, 'what came later', () => program.text().includes('a line that came later'))
    program.write('p')
    await until(program, 'the log before', () => program.text().includes('the previous container, line 20'))
    expect(program.text()).not.toContain('this container')
  })

  it('the commands', async () => {
    const pods = await cockpits.run('get', 'pods', '-A')
    expect(pods).toMatchObject({ code: 0, err: '' })
    const lines = pods.out.trim().split('\n').slice(1)
    const theirs = await bed.api.table('/api/v1/pods')
    expect(sorted(lines.map((line) => line.split(/\s+/).slice(0, 4)))).toEqual(
      cells(theirs, 'Namespace', 'Name', 'Ready', 'Status'),
    )
    const [crashing] = theirs.filter(({ Status }) => Status === 'CrashLoopBackOff')
    const name = crashing?.Name ?? ''
    const one = await cockpits.run('get', 'pod', name, '-n', 'shop', '-o', 'json')
    expect(JSON.parse(one.out)).toMatchObject({ kind: 'Pod', metadata: { name } })
    expect((await cockpits.run('get', 'leases', '-n', 'kube-node-lease')).out).toMatch(
      /^NAME +HOLDER +AGE\nnode-1 /,
    )
    const up = await cockpits.run('query', 'sum(up)')
    expect(up).toEqual({ code: 0, out: expect.stringMatching(/^value\n +[1-9]\n$/), err: '' })
    const overview = await cockpits.run()
    expect(overview).toMatchObject({ code: 0, err: '' })
    expect(overview.out).toMatch(/nodes 3\/3 +pods ▲ 3\/4 +flux – +stack 1\/1/)
    expect(overview.out).toMatch(/▲ shop\/cart +CrashLoopBackOff/)
  })
})
