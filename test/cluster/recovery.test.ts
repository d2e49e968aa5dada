// What the cluster under an open cockpit can suffer: an API server that dies, a history that is gone, a store that is
// empty, other certificates. The cockpit stays, says what it lost and since when, comes back by itself, and shows then
// what a fresh list gives.
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Program, until } from '#test/terminal/pty.ts'
import { type Bed, startBed } from './bed/bed.ts'
import { until as soon } from './bed/wait.ts'
import { cockpitsOn, rowsShown, sorted } from './cockpit.ts'
import { describeBed } from './describe-bed.ts'
import { reportStart } from './report-start.ts'
import { deployment, isRunning, node, restarted } from './workloads.ts'

const parts = ['kube-controller-manager', 'kube-scheduler', 'kwok', 'prometheus'] as const

describeBed('the cockpit survives', parts, () => {
  let bed: Bed
  const cockpits = cockpitsOn(() => bed.kubeconfig)
  let pods: Program
  let overview: Program

  beforeAll(async () => {
    bed = await startBed({ parts })
    reportStart(bed)
    await bed.api.apply(deployment('shop', 'web', 4))
    await isRunning(bed, 'shop', 'web', 4)
  })
  beforeEach(async () => {
    pods = cockpits.open('pods')
    overview = cockpits.open('overview')
    await showsAll(pods)
    await until(overview, 'everything on the overview', () => isWell(overview))
  })
  afterEach(() => cockpits.end())
  afterAll(() => bed?.close())

  const freshPods = async () =>
    sorted(
      (await bed.api.table('/api/v1/pods')).map(({ Namespace, Name, Ready, Status, Restarts }) => [
        ...[Namespace ?? '', Name ?? '', Ready ?? '', Status ?? ''],
        // kubectl adds when the last one was.
        (Restarts ?? '').split(' ')[0] ?? '',
      ]),
    )
  const shownPods = (program: Program) =>
    sorted(
      rowsShown(program).map(({ namespace, name, ready, status, rst }) => [
        ...[namespace ?? '', name ?? '', ready ?? '', status ?? ''],
        rst === '' ? '0' : (rst ?? ''),
      ]),
    )
  const same = (one: readonly string[], other: readonly string[]) =>
    one.length === other.length && one.every((text, index) => text === other[index])

  /** Ends when screen and command both have exactly what a list of this moment has. */
  async function showsAll(program: Program): Promise<void> {
    await soon('the rows of a fresh list', 20_000, async () =>
      same(shownPods(program), await freshPods()),
    ).catch((error: unknown) => {
      throw new Error(`${error}; the screen was:\n${program.text()}`)
    })
    const got = await cockpits.run('get', 'pods', '-A', '-o', 'json')
    const { items } = JSON.parse(got.out) as { items: Record<string, unknown>[] }
    expect(
      sorted(
        items.map((row) =>
          [row.namespace, row.name, `${row.ready}/${row.containers}`, row.status, row.restarts].map(String),
        ),
      ),
    ).toEqual(await freshPods())
  }

  const isWell = (program: Program) =>
    /nodes \d+\/\d+ +pods .*\d+\/\d+/.test(program.text()) &&
    /kube direct +prom proxy/.test(program.lines()[0] ?? '') &&
    !/refuses|not trusted|cannot read (pods|nodes|alerts|targets)/.test(program.text())

  /** The pods with their age and the reason; the source in the header, with when it was last heard. */
  async function saysWhatIsLost(why: RegExp): Promise<void> {
    const before = shownPods(pods)
    await until(pods, 'age and reason of the pods', () => {
      const title = pods.lines()[2] ?? ''
      return /<1m old: /.test(title) && why.test(title)
    })
    expect(shownPods(pods)).toEqual(before)
    await until(overview, 'the lost source', () => /✗ kube <1m old/.test(overview.lines()[0] ?? ''))
    expect(overview.text()).toMatch(/nodes \d+\/\d+ +pods .*\d+\/\d+/)
  }

  async function comesBack(): Promise<void> {
    await showsAll(pods)
    await until(pods, 'current pods', () => !/ old: /.test(pods.text()))
    await until(overview, 'everything again', () => isWell(overview), 30_000)
  }

  it('an API server that dies in the middle of a watch', async () => {
    await bed.stop('kube-apiserver', 'SIGKILL')
    await saysWhatIsLost(/refuses connections/)
    const got = await cockpits.run('get', 'pods', '-A')
    expect(got).toMatchObject({ code: 2, out: '', err: expect.stringContaining('refuses connections') })
    await bed.start('kube-apiserver')
    await bed.api.apply(deployment('shop', 'web', 6))
    await restarted(bed, 'shop', 'web', 3)
    await isRunning(bed, 'shop', 'web', 6)
    await comesBack()
    expect(shownPods(pods).filter((row) => /web-.* CrashLoopBackOff {2}3$/.test(row))).toHaveLength(1)
  })

  it('a history that was compacted while it was cut off', async () => {
    await bed.stop('kube-apiserver', 'SIGKILL')
    await saysWhatIsLost(/refuses connections/)
    await bed.start('kube-apiserver')
    await bed.api.apply(deployment('shop', 'web', 2))
    await isRunning(bed, 'shop', 'web', 2)
    await bed.compact()
    await bed.stop('kube-apiserver', 'SIGKILL')
    await bed.start('kube-apiserver')
    await comesBack()
  })

  it('a store that is empty', async () => {
    const left = cockpits.open('nodes')
    await bed.api.apply(node('node-extra'))
    const names = () => rowsShown(left).map(({ name }) => name)
    await until(left, 'the node', () => names().includes('node-extra'))
    // The nodes are not watched while it happens; whoever returns to them must not go on where they were.
    left.write(':pods\r')
    await showsAll(left)
    await bed.emptyStore()
    left.write(':nodes\r')
    await bed.api.apply(deployment('shop', 'other', 3))
    await isRunning(bed, 'shop', 'other', 3)
    await comesBack()
    expect(shownPods(pods).some((row) => row.includes('web-'))).toBe(false)
    await until(left, 'the nodes that are left', () => !names().includes('node-extra'))
    const nodes = await bed.api.table('/api/v1/nodes')
    await until(left, 'their states', () =>
      same(
        sorted(rowsShown(left).map(({ name, status }) => [name ?? '', status ?? ''])),
        sorted(nodes.map(({ Name, Status }) => [Name ?? '', Status ?? ''])),
      ),
    )
  })

  it('another serving certificate of the same authority', async () => {
    await bed.stop('kube-apiserver', 'SIGKILL')
    await saysWhatIsLost(/refuses connections/)
    const replaced = bed.replaceCertificate('same authority')
    await bed.start('kube-apiserver')
    await replaced
    await comesBack()
  })

  it('a certificate of another authority, which it does not trust', async () => {
    await bed.stop('kube-apiserver', 'SIGKILL')
    const replaced = bed.replaceCertificate('other authority')
    await bed.start('kube-apiserver')
    await replaced
    await saysWhatIsLost(/the certificate of \S+ is not trusted/)
    // Who reads the kubeconfig anew is let in: a command at once, the cockpit by choosing its context again.
    expect(await cockpits.run('get', 'nodes')).toMatchObject({ code: 0, err: '' })
    overview.write(':ctx homelab\r')
    await until(overview, 'everything with the new authority', () => isWell(overview), 30_000)
    expect(pods.lines()[2]).toMatch(/is not trusted/)

    await bed.stop('kube-apiserver', 'SIGKILL')
    const back = bed.replaceCertificate('other authority')
    await bed.start('kube-apiserver')
    await back
    await showsAll(pods)
    await until(pods, 'current pods', () => !/ old: /.test(pods.text()))
  })
})
