// Ages as kubectl writes them (k8s.io/apimachinery util/duration, HumanDuration).

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const YEAR = 365 * DAY

/** `75s`, `4m12s`, `35m`, `3h10m`, `26h`, `5d3h`, `12d`, `2y40d`. */
export function humanDuration(milliseconds: number): string {
  const time = Math.max(0, milliseconds)
  if (time < 2 * MINUTE) return `${Math.floor(time / SECOND)}s`
  if (time < 10 * MINUTE) return two(time, MINUTE, 'm', SECOND, 's')
  if (time < 3 * HOUR) return `${Math.floor(time / MINUTE)}m`
  if (time < 8 * HOUR) return two(time, HOUR, 'h', MINUTE, 'm')
  if (time < 2 * DAY) return `${Math.floor(time / HOUR)}h`
  if (time < 8 * DAY) return two(time, DAY, 'd', HOUR, 'h')
  if (time < 2 * YEAR) return `${Math.floor(time / DAY)}d`
  if (time < 8 * YEAR) return two(time, YEAR, 'y', DAY, 'd')
  return `${Math.floor(time / YEAR)}y`
}

function two(time: number, large: number, largeUnit: string, small: number, smallUnit: string): string {
  const rest = Math.floor((time % large) / small)
  const whole = `${Math.floor(time / large)}${largeUnit}`
  return rest === 0 ? whole : `${whole}${rest}${smallUnit}`
}

/** The age of a time text; `<unknown>` for none, as kubectl has it. */
export function age(text: unknown, now: number): string {
  const then = typeof text === 'string' ? Date.parse(text) : Number.NaN
  return Number.isNaN(then) ? '<unknown>' : humanDuration(now - then)
}
