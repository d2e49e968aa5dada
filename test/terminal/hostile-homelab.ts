// A homelab that somebody fills with hostile text: control sequences, bidi overrides, wide, combining and endless
// names, wherever the API lets text through. Served in the test's own process, for it needs the world itself.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { playingClock } from '#homelab/clock.ts'
import { createPrometheus } from '#homelab/prometheus/prometheus.ts'
import { createStorage } from '#homelab/prometheus/series/storage.ts'
import { parseScenario } from '#homelab/scenario/schema.ts'
import { serveHomelab } from '#homelab/serve.ts'
import { createWorld } from '#homelab/world/create.ts'
import { core } from '#homelab/world/kinds.ts'
import type { KubeObject } from '#model/kube.ts'

const esc = '\u001b'
const bel = '\u0007'

/** Copies to the clipboard, sets the title, clears, asks for a report, grabs the mouse, draws a line over text. */
const attack = [
  `${esc}]52;c;T1dORUQ=${bel}`,
  `${esc}]0;owned${esc}\\`,
  `${esc}[2J${esc}[6n`,
  `${esc}[?1003h`,
  `${esc}[53mover`,
  `${esc}P+q544e${esc}\\`,
  `\u009b53mc1\u009d52;c;T1dORUQ=\u009c`,
  `\u202etxt.exe\u2066\u200b`,
  '\r\n\tend',
].join('')

export const names = {
  attack: `evil-${attack}`,
  long: `long-${'x'.repeat(291)}-end`,
  wide: 'wide-日本語の名前-🙂👩‍👩‍👧‍👦-e\u0301\u0323a\u0308',
} as const

const scenario = parseScenario(
  JSON.stringify({
    name: 'hostile',
    title: 'hostile text',
    pods: [
      { fault: 'crash-loop', pod: 'shop/checkout-*', at: '-4m', lasts: '20s', message: `panic: ${attack}` },
    ],
    events: [
      {
        at: '-1m',
        about: { kind: 'Deployment', namespace: 'shop', name: 'checkout' },
        reason: `Evil${attack}`,
        message: `message ${attack}`,
        from: `from ${attack}`,
      },
    ],
    logs: [{ pod: 'shop/cart-*', at: '-1m', every: '1s', lines: [`line ${attack}`, '日本語 🙂 e\u0301'] }],
    flux: [{ at: '-2m', object: 'ks/apps', state: 'failed', reason: 'Evil', message: `health ${attack}` }],
    series: [{ name: 'evil_metric', labels: { text: attack, wide: names.wide }, value: 1, at: '-1h' }],
  }),
)

export interface HostileHomelab {
  readonly kubeconfig: string
  /** A pod of `shop` that was there before. */
  readonly model: string
  stop(): Promise<void>
}

export async function serveHostile(): Promise<HostileHomelab> {
  const clock = playingClock(Date.now(), 1)
  const world = createWorld({ seed: 1, clock, scenario })
  const model = world.store.list(core.pod, 'shop').find(({ metadata }) => metadata.name.startsWith('cart-'))
  if (!model) throw new Error('the world has no cart pod')
  for (const name of Object.values(names)) world.store.put(core.pod, hostilePod(model, name))
  const prometheus = createPrometheus({
    storage: createStorage(world),
    clock,
    rules: [],
    targets: () => [],
    namespace: 'observability',
    service: 'prometheus-operated',
    port: 9090,
  })
  const homelab = await serveHomelab({ world, upstreams: [prometheus] })
  const folder = await mkdtemp(join(tmpdir(), 'obsdeck-test-'))
  const kubeconfig = join(folder, 'kubeconfig')
  await writeFile(kubeconfig, homelab.kubeconfig, { mode: 0o600 })
  return {
    kubeconfig,
    model: model.metadata.name,
    async stop() {
      world.stop()
      await homelab.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A pod of nobody's, not ready, with hostile text in every place that is shown. */
function hostilePod(model: KubeObject, name: string): KubeObject {
  const {
    uid: _uid,
    resourceVersion: _version,
    ownerReferences: _owners,
    ...metadata
  } = model.metadata as Record<string, unknown> & { name: string }
  const text = name === names.long ? name : attack
  return {
    ...model,
    metadata: {
      ...metadata,
      name,
      labels: { [`evil${text}`]: text, app: names.wide },
      annotations: { [`note${text}`]: text, wide: names.wide },
    },
    status: { phase: 'Failed', reason: `Evicted${attack}`, message: `The node ${attack}` },
  } as KubeObject
}
