// A number as Grafana writes it: how many decimals it shows, and what stands before and behind it.

export interface Written {
  readonly text: string
  readonly prefix: string
  readonly suffix: string
}

/** What a unit that tells time needs to know beside the value. */
export interface Moment {
  /** Milliseconds since the epoch. */
  readonly now: number
  /** An IANA zone; absent: the one that the machine is in. */
  readonly zone?: string
}

export type UnitFormat = (value: number, decimals: number | undefined, moment: Moment) => Written

export function written(text: string, suffix = '', prefix = ''): Written {
  return { text, prefix, suffix }
}

/** Three significant digits, as Grafana has them where a panel names none; a whole number has no decimals. */
function decimalsOf(value: number): number {
  if (value === 0 || Number.isInteger(value)) return 0
  return Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))))
}

/** With exactly `decimals` digits behind the point; what is no finite number is written in Prometheus's words. */
export function fixed(value: number, decimals: number | undefined): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf'
  const places = Math.min(20, Math.max(0, Math.trunc(decimals ?? decimalsOf(value))))
  const text = value.toFixed(places)
  return Number(text) === 0 && text.startsWith('-') ? text.slice(1) : text
}
