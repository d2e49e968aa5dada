// Who may not see everything, with real RBAC: each gap is named with who, what and where, on the screen and by the
// commands; what may be read is there, and nothing that is unknown is shown as zero, empty or not installed.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Program, until } from '#test/terminal/pty.ts'
import { viewerOf } from './accounts.ts'
import { type Bed, startBed } from './bed/bed.ts'
import { cockpitsOn, rowsShown } from './cockpit.ts'
import { describeBed } from './describe-bed.ts'
import { reportStart } from './report-start.ts'
import { deployment, isRunning } from './workloads.ts'

const parts = ['kube-controller-manager', 'kube-scheduler', 'kwok', 'prometheus'] as const

describeBed('narrowed rights', parts, () => {
  let bed: Bed
  let viewer: string
  const cockpits = cockpitsOn(() => bed.kubeconfig)
  const accounts = cockpitsOn(() => viewer)

  beforeAll(async () => {
    bed = await startBed({ parts })
    reportStart(bed)
    await bed.api.apply(deployment('shop', 'cart', 2))
    viewer = await viewerOf(bed, 'shop')
    await isRunning(bed, 'shop', 'cart', 2)
  })
  afterEach(async () => {
    await cockpits.end()
    await accounts.end()
  })
  afterAll(() => bed?.close())

  const shows = (program: Program, text: string) =>
    until(program, text, () => program.text().replace(/\s+/g, ' ').includes(text))
  const podsShown = (program: Program) => rowsShown(program).map(({ name = '' }) => name.split('-')[0])

  async function refused(run: ReturnType<typeof cockpits.run>, gap: string): Promise<void> {
    expect(await run).toEqual({ code: 2, out: '', err: expect.stringMatching(`^obsdeck: ${gap}\n  \\S`) })
  }

  describe('a ServiceAccount of one namespace', () => {
    const who = 'system:serviceaccount:shop:viewer'

    it('is told of each gap by the commands', async () => {
      const { code, out, err } = await accounts.run('-o', 'json')
      expect({ code, err }).toEqual({ code: 0, err: '' })
      const overview = JSON.parse(out)
      const blind = Object.fromEntries(
        overview.blind.map(({ what, gap }: { what: string; gap: { detail: string } }) => [what, gap.detail]),
      )
      const only = 'namespace shop only, viewer may not list namespaces'
      expect(blind).toMatchObject({
        nodes: `nodes forbidden for ${who} cluster-wide`,
        pods: only,
        workloads: `deployments, statefulsets, daemonsets, jobs, cronjobs: ${only}`,
        events: only,
        alerts: `no Prometheus in sight: services forbidden for ${who} cluster-wide`,
      })
      expect(overview.pods.data.total).toBe(2)
      for (const part of ['nodes', 'capacity', 'alerts']) expect(overview[part]).not.toHaveProperty('data')
      expect(new Set(overview.stack.data.map(({ state }: { state: string }) => state))).toEqual(
        new Set(['unknown']),
      )
      await refused(accounts.run('get', 'nodes'), `nodes forbidden for ${who} cluster-wide`)
      await refused(accounts.run('get', 'pods', '-A'), `pods forbidden for ${who} cluster-wide`)
      await refused(accounts.run('get', 'secrets'), `secrets forbidden for ${who} in shop`)
      await refused(
        accounts.run('query', 'up'),
        `no Prometheus in sight: services forbidden for ${who} cluster-wide`,
      )
      const { out: pods } = await accounts.run('get', 'pods')
      expect(pods.trim().split('\n')).toHaveLength(3)
    })

    it('sees on the screens what it may, and why not more', async () => {
      const program = accounts.open()
      await until(program, 'its pods', () => /nodes – +pods 2\/2 .*stack –/.test(program.text()))
      await shows(program, `cannot read nodes: nodes forbidden for ${who} cluster-wide`)
      expect(program.text()).not.toMatch(/nodes 0|not installed|all well/)
      program.write(':pods\r')
      await until(program, 'its pods as a table', () => podsShown(program).join() === 'cart,cart')
      expect(program.lines()[2]).toContain('pods: namespace shop only, viewer may not list namespaces')
      program.write(':nodes\r')
      await shows(program, `no nodes in viewer: nodes forbidden for ${who} cluster-wide`)
      program.write(':ns shop\r:secrets\r')
      await shows(program, `no secrets in shop: secrets forbidden for ${who} in shop`)
      program.write(':workloads\r')
      await until(program, 'its workloads', () => podsShown(program).join() === 'cart')
      program.write('l')
      await shows(program, 'this container, line 20')
    })
  })

  it('no nodes', async () => {
    const gap = 'nodes forbidden for no-nodes cluster-wide'
    await refused(cockpits.run('get', 'nodes', '--context', 'no-nodes'), gap)
    const program = cockpits.open('--context', 'no-nodes')
    await until(program, 'the pods', () => /nodes – +pods 3\/3/.test(program.text()))
    await shows(program, `cannot read nodes: ${gap}`)
    program.write(':nodes\r')
    await shows(program, `no nodes in no-nodes: ${gap}`)
  })

  it('no services/proxy: a port-forward instead, and why', async () => {
    const why = 'services/proxy forbidden for no-proxy in observability, port-forward to pod prometheus-0'
    const { code, out } = await cockpits.run('query', 'sum(up)', '--context', 'no-proxy')
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^value\n +\d+\n$/) })
    const program = cockpits.open('--context', 'no-proxy')
    await until(program, 'the route', () => (program.lines()[0] ?? '').includes('prom forward'))
    await shows(program, 'nodes 3/3 pods 3/3')
    const overview = JSON.parse((await cockpits.run('--context', 'no-proxy', '-o', 'json')).out)
    expect(overview.sources).toContainEqual(
      expect.objectContaining({ name: 'prometheus', route: 'forward', why: expect.stringContaining(why) }),
    )
  })

  it('no secrets: nothing else is missing', async () => {
    await refused(
      cockpits.run('get', 'secrets', '-A', '--context', 'no-secrets'),
      'secrets forbidden for no-secrets cluster-wide',
    )
    const program = cockpits.open('--context', 'no-secrets')
    await until(program, 'the cluster', () => /nodes 3\/3 +pods 3\/3/.test(program.text()))
    expect(program.text()).not.toContain('forbidden')
    program.write(':secrets\r')
    await shows(program, 'no secrets in all namespaces: secrets forbidden for no-secrets cluster-wide')
    program.write(':configmaps\r')
    await until(program, 'config maps', () => podsShown(program).includes('kube'))
  })

  it('one namespace', async () => {
    const gap = 'pods forbidden for one-namespace cluster-wide'
    await refused(cockpits.run('get', 'pods', '-A', '--context', 'one-namespace'), gap)
    const program = cockpits.open('pods', '--context', 'one-namespace')
    await shows(program, `no pods in all namespaces: ${gap}`)
    program.write(':ns shop\r')
    await until(program, 'the pods of shop', () => podsShown(program).join() === 'cart,cart')
  })
})
