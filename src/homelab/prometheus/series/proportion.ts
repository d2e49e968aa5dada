// A curve in proportion to another.
import type { Curve } from '#homelab/world.ts'

export function inProportion(curve: Curve, factor: number): Curve {
  return { at: (time) => curve.at(time) * factor, total: (from, to) => curve.total(from, to) * factor }
}
