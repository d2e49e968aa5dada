// The kubelet's logs: each line is a function of the pod and the time, so that any stretch can be asked again.
import type { World } from '#homelab/world.ts'
import { versionOf } from './build/version.ts'
import type { Kubelet } from './life/kubelet.ts'
import { phrase, startLines } from './log-phrases.ts'
import { chance, chanceOf, hash } from './random.ts'

export interface InjectedLog {
  readonly namespace: string
  readonly pod: RegExp
  readonly container?: string
  readonly from: number
  readonly to?: number
  readonly every: number
  readonly stream: 'stdout' | 'stderr'
  readonly lines: readonly string[]
}

interface Line {
  readonly at: number
  readonly text: string
  readonly stream: 'stdout' | 'stderr'
}

/** The share of calls that fail, by service: error lines follow it. */
export type Failing = (service: string, time: number) => number

export function createLogs(
  seed: number,
  kubelet: Kubelet,
  failing: Failing,
  injected: readonly InjectedLog[],
): World['logLines'] {
  return function* (pod, from, to) {
    const life = kubelet.lives.get(`${pod.namespace}/${pod.name}`)
    const runs = life?.runs.get(pod.container) ?? []
    const run = pod.previous ? runs.at(-2) : runs.at(-1)
    if (!life || !run) return
    const { app, uid, template } = life.facts
    const part = app.containers.find(({ name }) => name === pod.container)
    const style = part?.log ?? 'plain'
    const key = hash(`${seed}/${uid}/${pod.container}`)
    const end = Math.min(to, run.to ?? to)
    const begin = Math.max(from, run.from)
    const extras = injected.filter(
      (log) =>
        log.namespace === pod.namespace &&
        log.pod.test(pod.name) &&
        (log.container === undefined || log.container === pod.container),
    )
    const context = {
      ...{ app, version: versionOf(template) ?? app.version, pod: pod.name, container: pod.container },
      ...{ node: life.facts.node ?? '', seed: key },
    }
    let pending: Line[] = startLines(style, context)
      .map((text, index) => ({ at: run.from + 40 + index * 35, text, stream: 'stderr' as const }))
      .filter(({ at }) => at >= from && at < end)

    const period = 60_000 / (style === 'silent' ? 0.0001 : (app.lines ?? 3))
    const step = Math.max(period, 1000)
    const each = step / period
    for (let slot = Math.floor(begin / step); slot * step < end; slot += 1) {
      const lines: Line[] = []
      for (let index = 0; index < each && style !== 'silent'; index += 1) {
        const turn = slot * 31 + index
        const at = Math.floor((slot + chanceOf(key, turn)) * step)
        if (at < begin || at >= end) continue
        const fails = chanceOf(key ^ 0x5bd1, turn) < failing(app.name, at)
        const { texts, stream } = phrase(style, context, at, chanceOf(key ^ 0x1b87, turn), fails)
        texts.forEach((text, offset) => {
          lines.push({ at: at + offset, text, stream })
        })
      }
      for (const log of extras)
        lines.push(...injectedLines(log, key, slot * step, (slot + 1) * step, begin, end))
      const all = [...pending.filter(({ at }) => at < (slot + 1) * step), ...lines].sort(
        (a, b) => a.at - b.at,
      )
      pending = pending.filter(({ at }) => at >= (slot + 1) * step)
      yield* all
    }
    yield* pending
  }
}

function* injectedLines(
  log: InjectedLog,
  key: number,
  slotFrom: number,
  slotTo: number,
  from: number,
  to: number,
): Iterable<Line> {
  const begin = Math.max(slotFrom, log.from, from)
  const end = Math.min(slotTo, log.to ?? slotTo, to)
  for (let index = Math.floor(begin / log.every); index * log.every < end; index += 1) {
    const at = Math.floor((index + chanceOf(key ^ 0x33c5, index)) * log.every)
    if (at < begin || at >= end) continue
    const text = log.lines[Math.floor(chance(`${key}/${index}/line`) * log.lines.length)] ?? ''
    yield { at, text: text.replaceAll('{time}', new Date(at).toISOString()), stream: log.stream }
  }
}
