// The flux command against the homelab of the built program.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Homelab, startHomelab, tableOf } from './clients/client.ts'
import { findProgram } from './programs/find.ts'

const program = findProgram('flux')
const revision = /main@sha1:[0-9a-f]{8}/

describe.skipIf(!program)(`flux${program ? '' : ' (skipped: it is not installed)'}`, () => {
  let homelab: Homelab
  let flux: Client
  beforeAll(async () => {
    homelab = await startHomelab()
    flux = homelab.client(program ?? 'flux')
  })
  afterAll(() => homelab?.stop())

  /** Fails with what it said where it did not end well. */
  async function well(...args: readonly string[]): Promise<{ out: string; err: string }> {
    const { code, out, err } = await flux.run(args)
    expect(code, `${out}${err}`).toBe(0)
    return { out, err }
  }

  it('finds the controllers as it would install them', async () => {
    const { err } = await well('check')
    expect(err).toMatch(/✔ Kubernetes \d+\.\d+\.\d+ >=/)
    for (const name of ['source', 'kustomize', 'helm', 'notification']) {
      expect(err).toContain(`✔ ${name}-controller: deployment ready`)
    }
    expect(err).toContain('✔ all checks passed')
  })

  it('gets all there is', async () => {
    const { out } = await well('get', 'all', '-A')
    for (const name of ['gitrepository/flux-system', 'helmrepository/qdrant', 'helmchart/ml-qdrant']) {
      expect(out).toContain(name)
    }
    for (const name of ['ocirepository/cilium', 'helmrelease/cilium', 'kustomization/apps']) {
      expect(out).toContain(name)
    }
  })

  it('gets Kustomizations with revision and suspension', async () => {
    const rows = tableOf((await well('get', 'kustomizations')).out)
    const row = (name: string) => rows.find(({ NAME }) => NAME === name)
    expect(row('apps')).toMatchObject({
      REVISION: expect.stringMatching(revision),
      SUSPENDED: 'False',
      READY: 'True',
      MESSAGE: expect.stringMatching(/^Applied revision: main@sha1:/),
    })
    expect(row('monitoring')).toMatchObject({ SUSPENDED: 'True' })
  })

  it('gets HelmReleases with the version of their chart', async () => {
    const rows = tableOf((await well('get', 'helmreleases', '-A')).out)
    expect(rows.find(({ NAME }) => NAME === 'qdrant')).toMatchObject({
      NAMESPACE: 'ml',
      REVISION: '1.17.0',
      READY: 'True',
      MESSAGE: expect.stringMatching(/^Helm (install|upgrade) succeeded for release ml\/qdrant\.v\d+ with/),
    })
  })

  it('says what is not there', async () => {
    const { code, err } = await flux.run(['get', 'kustomizations', 'nothing'])
    expect(code).toBe(1)
    expect(err).toContain(`Kustomization object 'nothing' not found in "flux-system" namespace`)
  })

  it('reconciles a Kustomization, and its source before it', async () => {
    const { err } = await well('reconcile', 'kustomization', 'apps', '--with-source')
    expect(err).toMatch(
      /✔ fetched revision main@sha1:[0-9a-f]{40}\n[\s\S]*✔ applied revision main@sha1:[0-9a-f]{40}\n$/,
    )
  })

  it.each([
    [['git', 'flux-system'], /✔ fetched revision main@sha1:[0-9a-f]{40}\n$/],
    [['helm', 'qdrant'], /✔ fetched revision sha256:[0-9a-f]{64}\n$/],
    [['chart', 'ml-qdrant'], /✔ fetched revision 1\.17\.0\n$/],
    [['oci', 'cilium', '-n', 'kube-system'], /✔ fetched revision 1\.20\.1@sha256:[0-9a-f]{64}\n$/],
  ])('reconciles a source: %j', async (args, said) => {
    expect((await well('reconcile', 'source', ...args)).err).toMatch(said)
  })

  it('reconciles a HelmRelease by force, which makes a new release of it', async () => {
    const version = async () => {
      const rows = tableOf((await well('get', 'helmreleases', '-n', 'ml')).out)
      return Number(/qdrant\.v(\d+)/.exec(rows[0]?.MESSAGE ?? '')?.[1])
    }
    const before = await version()
    const { err } = await well('reconcile', 'helmrelease', 'qdrant', '-n', 'ml', '--with-source', '--force')
    expect(err).toMatch(/✔ applied revision 1\.17\.0\n$/)
    expect(await version()).toBe(before + 1)
  })

  it('does not reconcile what is suspended', async () => {
    const { code, err } = await flux.run(['reconcile', 'kustomization', 'monitoring'])
    expect(code).toBe(1)
    expect(err).toContain('resource is suspended')
  })

  it.each([
    ['kustomization', 'dev', 'flux-system', /✔ applied revision main@sha1:[0-9a-f]{40}\n$/],
    ['helmrelease', 'external-dns', 'network', /✔ applied revision 1\.21\.0\n$/],
  ])('suspends and resumes a %s', async (kind, name, namespace, said) => {
    const suspended = async () => tableOf((await well('get', kind, name, '-n', namespace)).out)[0]?.SUSPENDED
    expect((await well('suspend', kind, name, '-n', namespace)).err).toContain(`✔ ${kind} suspended`)
    expect(await suspended()).toBe('True')
    expect((await well('resume', kind, name, '-n', namespace)).err).toMatch(said)
    expect(await suspended()).toBe('False')
  })

  it('draws the tree of a Kustomization, with what its HelmReleases made', async () => {
    const { out } = await well('tree', 'kustomization', 'ml')
    expect(out.split('\n')[0]).toBe('Kustomization/flux-system/ml')
    expect(out).toMatch(/^├── Namespace\/ml$/m)
    expect(out).toMatch(/^[├└]── HelmRelease\/ml\/qdrant$/m)
    expect(out).toMatch(/^[│ ] {3}[├└]── StatefulSet\/ml\/qdrant$/m)
  })

  it('traces a Deployment to its Kustomization and source', async () => {
    const { out } = await well('trace', 'deployment', 'cart', '-n', 'shop')
    expect(out).toMatch(/^Status:\s+Managed by Flux$/m)
    expect(out).toMatch(/^Kustomization:\s+apps$/m)
    expect(out).toMatch(/^GitRepository:\s+flux-system$/m)
    expect(out).toMatch(/^Revision:\s+main@sha1:[0-9a-f]{40}$/m)
  })

  it('lists the events of a Kustomization and of its source', async () => {
    await well('reconcile', 'kustomization', 'apps', '--with-source')
    const rows = tableOf((await well('events', '--for', 'Kustomization/apps')).out)
    expect(rows).toContainEqual(
      expect.objectContaining({
        TYPE: 'Normal',
        REASON: 'ReconciliationSucceeded',
        OBJECT: 'Kustomization/apps',
        MESSAGE: expect.stringMatching(/^Reconciliation finished in [\d.]+m?s, next run in 10m0s$/),
      }),
    )
    expect(rows).toContainEqual(
      expect.objectContaining({
        REASON: 'GitOperationSucceeded',
        OBJECT: 'GitRepository/flux-system',
      }),
    )
  })
})
