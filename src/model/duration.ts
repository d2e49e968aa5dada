// Durations as Prometheus and kubectl write them: `90s`, `1h30m`, `2d`, `1w`; in milliseconds.

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
}

/** Prometheus's duration grammar (units in falling order, each at most once) without signs; undefined where it is none. */
export function parseSpan(text: string): number | undefined {
  const match = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/.exec(text)
  if (!match || text === '') return undefined
  const units = ['y', 'w', 'd', 'h', 'm', 's', 'ms']
  const total = units.reduce(
    (sum, unit, index) => sum + Number(match[index + 1] ?? 0) * (UNITS[unit] ?? 0),
    0,
  )
  return total > 0 ? total : undefined
}

/** The shortest exact form: `90m` is `1h30m`, 86400000 is `1d`. */
export function formatSpan(milliseconds: number): string {
  let rest = milliseconds
  let text = ''
  for (const unit of ['d', 'h', 'm', 's', 'ms']) {
    const size = UNITS[unit] ?? 1
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) text += `${count}${unit}`
  }
  return text || '0s'
}
