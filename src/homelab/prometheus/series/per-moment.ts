// A function of time that is asked for the same moments again and again, as each bucket of a histogram asks for its
// count: worked out once for each.

const KEPT = 4000

export function perMoment(of: (time: number) => number): (time: number) => number {
  const known = new Map<number, number>()
  return (time) => {
    let value = known.get(time)
    if (value === undefined) {
      if (known.size >= KEPT) known.clear()
      value = of(time)
      known.set(time, value)
    }
    return value
  }
}
