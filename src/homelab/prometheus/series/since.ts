// A counter's growth since a start, cheaply: what grew in the first hour, where a container warms up, is worked out
// once, and later moments only add what came after.
import type { Curve } from '#homelab/world.ts'

const HEAD = 3_600_000
const heads = new WeakMap<Curve, Map<number, number>>()

/** The curve's total from `start` to `time`, milliseconds; the same for the same arguments, whoever asks. */
export function grownSince(curve: Curve, start: number, time: number): number {
  const from = start + HEAD
  if (time <= from) return curve.total(start, time)
  let known = heads.get(curve)
  if (!known) {
    known = new Map()
    heads.set(curve, known)
  }
  let head = known.get(start)
  if (head === undefined) {
    head = curve.total(start, from)
    known.set(start, head)
  }
  return head + curve.total(from, time)
}
