// What happened, as letters on the charts' time axes: few of them, so that each still says something.
import { isTrouble } from '#model/alert-meant.ts'
import type { Finding, Overview } from '#model/overview.ts'
import { boundsOf } from '#model/time.ts'
import type { ChartMark } from '#ui/charts/chart.ts'
import { changeLetter } from './subject.ts'

/** What each letter stands for; where two fall together the first one here is shown. */
const meanings: Readonly<Record<string, string>> = {
  K: 'OOM',
  B: 'node',
  A: 'alert',
  R: 'rollout',
  F: 'Flux',
}
const order = Object.keys(meanings)

const most = 8
/** Marks nearer to one another than this share of the range are one. */
const together = 1 / 30

/** Changes, OOM kills and alerts of the findings, and what Flux changed last. */
export function marksOf(overview: Overview): ChartMark[] {
  const { from, to } = boundsOf(overview.range, overview.at)
  const marks: ChartMark[] = [
    ...overview.wrong.flatMap(marksOfFinding),
    ...(overview.alerts.data ?? [])
      .filter(isTrouble)
      .flatMap(({ activeAt }) => (activeAt === undefined ? [] : [{ at: activeAt, letter: 'A' }])),
    ...(overview.flux.data?.changes ?? []).flatMap(({ changedAt }) =>
      changedAt === undefined ? [] : [{ at: changedAt, letter: 'F' }],
    ),
  ]
  const shown: ChartMark[] = []
  for (const mark of marks
    .filter(({ at }) => at >= from && at <= to)
    .sort((a, b) => order.indexOf(a.letter) - order.indexOf(b.letter) || b.at - a.at)) {
    const near = shown.some((other) => Math.abs(other.at - mark.at) < (to - from) * together)
    if (!near && shown.length < most) shown.push(mark)
  }
  return shown.sort((a, b) => a.at - b.at)
}

function marksOfFinding({ change, evidence, since }: Finding): ChartMark[] {
  const killed = since !== undefined && evidence.some((words) => words.startsWith('OOM killed'))
  return [
    ...(change === undefined ? [] : [{ at: change.at, letter: changeLetter(change.ref) }]),
    ...(killed ? [{ at: since, letter: 'K' }] : []),
  ]
}

/** `A alert  F Flux`: the letters that are there, with their meaning; empty where there are none. */
export function legendOf(marks: readonly ChartMark[]): string {
  const letters = new Set(marks.map((mark) => mark.letter))
  return order
    .filter((letter) => letters.has(letter))
    .map((letter) => `${letter} ${meanings[letter]}`)
    .join('  ')
}
