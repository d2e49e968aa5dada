// What tells series from each other: the labels that differ among them, and what they all share.
import type { Labels } from './prometheus.ts'

export interface Telling {
  /** The fewest that tell them apart first, then the others by the alphabet. */
  readonly differing: readonly string[]
  /** How many of them tell all apart. */
  readonly enough: number
  readonly shared: Labels
}

export function tellingOf(all: readonly Labels[]): Telling {
  const names = labelNames(all)
  const [first] = all
  const shared = names.filter((name) => all.every((labels) => labels[name] === first?.[name]))
  const differing = names.filter((name) => !shared.includes(name))
  const enough = fewest(all, differing)
  return {
    differing: [...enough, ...differing.filter((name) => !enough.includes(name))],
    enough: enough.length,
    shared: Object.fromEntries(shared.map((name) => [name, first?.[name] ?? ''])),
  }
}

/** Label by label the one that tells most apart, the shorter one where two do as well, until nothing is left to tell. */
function fewest(all: readonly Labels[], names: readonly string[]): string[] {
  const chosen: string[] = []
  let keys = all.map(() => '')
  let told = Math.min(1, all.length)
  while (told < all.length && chosen.length < names.length) {
    const ways = names
      .filter((name) => !chosen.includes(name))
      .map((name) => {
        const values = all.map((labels) => labels[name] ?? '')
        const next = keys.map((key, index) => `${key}\n${values[index]}`)
        const length = values.reduce((sum, value) => sum + value.length, 0)
        return { name, next, apart: new Set(next).size, length }
      })
      .sort((a, b) => b.apart - a.apart || a.length - b.length)
    const [best] = ways
    if (best === undefined || best.apart === told) break
    chosen.push(best.name)
    keys = best.next
    told = best.apart
  }
  return chosen
}

/** All label names, the metric's name first. */
export function labelNames(all: readonly Labels[]): string[] {
  const names = new Set(all.flatMap((labels) => Object.keys(labels)))
  return [...names].sort((a, b) => Number(b === '__name__') - Number(a === '__name__') || (a < b ? -1 : 1))
}

/** Prometheus's own way to write a series: `up{job="node"}`. */
export function seriesName(labels: Labels): string {
  const { __name__: name = '', ...rest } = labels
  const inside = Object.entries(rest).map(([key, value]) => `${key}="${value}"`)
  return inside.length > 0 ? `${name}{${inside.join(', ')}}` : name || '{}'
}

/** The shortest that tells it from the others; all of it where nothing does. */
export function shortName(labels: Labels, { differing, enough }: Telling): string {
  const values = differing.slice(0, enough).flatMap((name) => labels[name] ?? [])
  return values.length === 0 ? seriesName(labels) : values.join(' ')
}
