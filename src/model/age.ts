// kubectl's human durations: `45s`, `4m30s`, `3h12m`, `12d`, `2y30d`.
// The steps are those of apimachinery's duration.HumanDuration: the longer it is, the fewer parts it shows.

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const year = 365 * day

function two(whole: number, unit: string, rest: number, restUnit: string): string {
  return rest === 0 ? `${whole}${unit}` : `${whole}${unit}${rest}${restUnit}`
}

/** A duration in milliseconds. A clock up to two seconds ahead of ours counts as now; more is `<invalid>`. */
export function humanDuration(milliseconds: number): string {
  const whole = (unit: number) => Math.trunc(milliseconds / unit)
  if (whole(second) < -1) return '<invalid>'
  if (milliseconds < 0) return '0s'
  if (milliseconds < 2 * minute) return `${whole(second)}s`
  if (milliseconds < 10 * minute) return two(whole(minute), 'm', whole(second) % 60, 's')
  if (milliseconds < 3 * hour) return `${whole(minute)}m`
  if (milliseconds < 8 * hour) return two(whole(hour), 'h', whole(minute) % 60, 'm')
  if (milliseconds < 2 * day) return `${whole(hour)}h`
  if (milliseconds < 8 * day) return two(whole(day), 'd', whole(hour) % 24, 'h')
  if (milliseconds < 2 * year) return `${whole(day)}d`
  if (milliseconds < 8 * year) return two(whole(year), 'y', whole(day) % 365, 'd')
  return `${whole(year)}y`
}
