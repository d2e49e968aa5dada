// Sentences for what is not there: missing, stale, still coming. They stand where the data would.
import type { Gap, Reading } from '#model/reading.ts'
import { age } from './format.ts'
import { clean } from './text.ts'
import type { Role, Theme } from './theme.ts'

export interface Notice {
  readonly text: string
  readonly role: Role
}

/** What is said of a reading without data; undefined where there is data. `what` is `metrics`, `pods in shop`. */
export function missing(reading: Reading<unknown>, what: string, theme: Theme): Notice | undefined {
  if (reading.data !== undefined) return undefined
  if (reading.gap !== undefined)
    return { text: gapSentence(reading.gap, what, theme), role: gapRole(reading.gap) }
  return { text: `waiting for ${clean(what)}`, role: 'dim' }
}

/** `no metrics: services/proxy forbidden for ben (→ grant it with …)`. */
function gapSentence(gap: Gap, what: string, theme: Theme): string {
  const fix = gap.fix === undefined ? '' : ` (${theme.glyph.to} ${clean(gap.fix)})`
  return `no ${clean(what)}: ${clean(gap.detail)}${fix}`
}

/** `cannot read metrics: …`, where older data may still stand. */
export function unreadSentence(gap: Gap, what: string, theme: Theme): string {
  return gapSentence(gap, what, theme).replace(/^no /, 'cannot read ')
}

/** What was never there is quiet; what is refused is at risk; what fails is broken. */
export function gapRole(gap: Gap): Role {
  switch (gap.reason) {
    case 'not-installed':
    case 'no-series':
    case 'not-found':
      return 'dim'
    case 'forbidden':
    case 'unauthorized':
    case 'too-many':
    case 'expired':
    case 'conflict':
      return 'warn'
    case 'unreachable':
    case 'timeout':
    case 'invalid':
    case 'server-error':
    case 'garbage':
      return 'bad'
  }
}

/** How old the data is, where the last refresh failed: `4m old`. */
export function staleness(reading: Reading<unknown>, now: number): string | undefined {
  if (reading.data === undefined || reading.gap === undefined) return undefined
  return reading.dataAt === undefined ? 'old' : `${age(now - reading.dataAt)} old`
}

/** The same with why: `4m old: connection refused`. */
export function stale(reading: Reading<unknown>, now: number): string | undefined {
  const old = staleness(reading, now)
  return old === undefined || reading.gap === undefined ? undefined : `${old}: ${clean(reading.gap.detail)}`
}

/** Short, for a table's title: `no usage: prometheus unreachable`, or `usage 4m old: …` where older data stands. `source` is `prometheus`. */
export function remarkOf(
  reading: Reading<unknown>,
  what: string,
  source: string,
  now: number,
): Notice | undefined {
  if (reading.gap === undefined) return undefined
  const why = shortly(reading.gap, source)
  const old = staleness(reading, now)
  if (old !== undefined) return { text: `${what} ${old}: ${why}`, role: 'warn' }
  return { text: `no ${what}: ${why}`, role: gapRole(reading.gap) }
}

function shortly({ reason }: Gap, source: string): string {
  switch (reason) {
    case 'not-installed':
    case 'not-found':
      return `no ${source} found`
    case 'no-series':
      return `${source} has no series`
    case 'forbidden':
    case 'unauthorized':
      return `${source} forbidden`
    case 'timeout':
      return `${source} gave no answer in time`
    case 'unreachable':
      return `${source} unreachable`
    case 'too-many':
      return `${source} is busy`
    case 'expired':
    case 'conflict':
    case 'invalid':
    case 'server-error':
    case 'garbage':
      return `${source} fails`
  }
}
