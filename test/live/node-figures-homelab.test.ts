// Every figure of every node over the wire, and those of one object, from the series that the homelab's exporters have.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Cluster } from '#cluster/cluster.ts'
import { connect } from '#cluster/connect.ts'
import { parseScenario } from '#homelab/scenario/schema.ts'
import { startHomelab } from '#homelab/start.ts'
import type { Deck } from '#live/deck.ts'
import { once, type Patience } from '#live/once.ts'
import { openDeck } from '#live/open-deck.ts'
import { systemTiming } from '#live/timing.ts'
import type { NodeRow } from '#model/kube.ts'
import { hasNumber, type NodeFigure } from '#model/node-figures.ts'
import { type ByHost, ofNode } from '#model/node-hosts.ts'
import { ownerOf } from '#model/pod-owner.ts'
import { bootQuestion, claimQuestion } from '#model/subject-facts/question.ts'

const columns = 8
const calm = new URL('../../src/homelab/scenarios/calm.yaml', import.meta.url)
let homelab: Awaited<ReturnType<typeof startHomelab>>
let folder: string
let deck: Deck
let nodes: readonly NodeRow[]

const patience = (): Patience => ({
  timeout: 60_000,
  timing: systemTiming(Date.now),
  signal: AbortSignal.timeout(90_000),
})

beforeAll(async () => {
  homelab = await startHomelab({ seed: 1, speed: 1, scenario: parseScenario(await readFile(calm, 'utf8')) })
  folder = await mkdtemp(join(tmpdir(), 'obsdeck-figures-'))
  const kubeconfig = join(folder, 'config')
  await writeFile(kubeconfig, homelab.kubeconfig)
  const open = (context: string): Promise<Cluster> =>
    connect({ kubeconfig, context, home: folder, env: {}, timeout: 60_000 })
  deck = openDeck({
    cluster: await open('homelab'),
    clusterFor: open,
    settings: { range: { span: 3_600_000 } },
    clock: Date.now,
  })
  nodes = (await once(deck.nodes, patience(), ({ complete }) => complete)).rows
}, 120_000)

afterAll(async () => {
  await deck.close()
  await homelab.close()
  await rm(folder, { recursive: true, force: true })
})

/** What a value of a healthy node lies between. */
const usual: Readonly<Record<NodeFigure, readonly [number, number]>> = {
  cpu: [0.01, 64],
  memory: [2 ** 28, 2 ** 38],
  disk: [0.01, 1],
  network: [100, 125_000_000],
  load: [0, 64],
  stall: [0, 1],
  temperature: [20, 100],
}

test.each(Object.entries(usual))('%s', { timeout: 120_000 }, async (name, [least, most]) => {
  const figure = name as NodeFigure
  const data = await once(deck.nodeLines(figure, columns), patience())
  const numbers: ByHost<number | undefined> = hasNumber(figure)
    ? await once(deck.nodeFigure(figure), patience())
    : new Map(Array.from(await once(deck.nodeUsage, patience()), ([host, used]) => [host, used[figure]]))
  const having = nodes.filter((node) => ofNode(data.lines, node) !== undefined)
  // Only the thermometer is missing from some.
  if (figure === 'temperature') expect(having.length).toBeGreaterThan(0)
  else expect(having.map((node) => node.name)).toEqual(nodes.map((node) => node.name))
  for (const node of having) {
    const line = ofNode(data.lines, node)
    expect(line?.values.length).toBeGreaterThan(5)
    expect(line?.values.length).toBeLessThanOrEqual(2 * columns)
    const now = ofNode(numbers, node)
    expect(now).toBeDefined()
    for (const value of [...(line?.values ?? []), now]) {
      expect(value).toBeGreaterThanOrEqual(least)
      expect(value).toBeLessThanOrEqual(most)
    }
  }
})

test('when a node booted, and how full the claims of one object are', { timeout: 120_000 }, async () => {
  const [node] = nodes
  const boot = await once(deck.figuresNow(bootQuestion(node?.name ?? '', node?.ip)), patience())
  expect(boot.get('')).toBeGreaterThan(Date.now() / 1000 - 400 * 86_400)
  expect(boot.get('')).toBeLessThan(Date.now() / 1000)
  const { rows } = await once(deck.pods, patience(), ({ complete }) => complete)
  for (const kind of ['StatefulSet', 'Cluster']) {
    const its = rows.filter(({ owner }) => owner?.kind === kind)
    const owner = its.map(ownerOf)[0]
    if (owner === undefined) throw new Error(`no ${kind} runs`)
    const prefix = kind === 'StatefulSet' ? `data-${owner.name}-` : `${owner.name}-`
    // By who mounts them, by their names, and by both it is the same.
    const fills = await once(deck.figuresNow(claimQuestion(owner, '')), patience())
    expect([...fills.keys()].every((name) => name.startsWith(prefix))).toBe(true)
    const named = claimQuestion(owner, [...fills.keys()].join('|'))
    expect([...(await once(deck.figuresNow(named), patience())).keys()].sort()).toEqual(
      [...fills.keys()].sort(),
    )
    for (const fill of fills.values()) {
      expect(fill).toBeGreaterThan(0)
      expect(fill).toBeLessThanOrEqual(1)
    }
  }
})
