// A value as it is read: its mapping, else its number in the unit of its field, and the colour that belongs to it.
import { colourOf } from './colour-of.ts'
import type { Field, FieldConfig, Shown, Value } from './field.ts'
import { mapValue } from './map-value.ts'
import { unitFormat } from './units/units.ts'
import type { Moment, Written } from './units/written.ts'

export interface ShowContext extends Moment {
  /** Which series of the panel it is: palettes give each a colour. */
  readonly index?: number
  /** The bounds of what is shown, for a field that names none of its own. */
  readonly bounds?: Bounds
}

export interface Bounds {
  readonly min: number
  readonly max: number
}

/** A value that is not there has an empty text unless the field says what to write then. */
export function showValue(value: Value, field: Pick<Field, 'type' | 'config'>, context: ShowContext): Shown {
  const { config } = field
  const number = typeof value === 'number' ? value : undefined
  const share = shareOf(config, number, context.bounds)
  const mapped = mapValue(value, config.mappings)
  const plain = writtenOf(value, field, context)
  const colour = mapped?.colour ?? colourOf(config, number, share, context.index ?? 0)
  return {
    ...(mapped?.text === undefined ? plain : { text: mapped.text, prefix: '', suffix: '' }),
    ...(colour !== undefined && { colour }),
    ...(share !== undefined && { share }),
  }
}

/** Prefix, number and suffix in one. */
export function shownText({ prefix, text, suffix }: Shown): string {
  return `${prefix}${text}${suffix}`
}

/** Where it stands between the field's min and max, or else those of the panel; 0 to 1. */
function shareOf(
  config: FieldConfig,
  value: number | undefined,
  bounds: Bounds | undefined,
): number | undefined {
  const min = config.min ?? bounds?.min
  const max = config.max ?? bounds?.max
  if (value === undefined || Number.isNaN(value) || min === undefined || max === undefined) return undefined
  if (max <= min) return undefined
  return Math.min(1, Math.max(0, (value - min) / (max - min)))
}

/** What Grafana measures a gauge by that has no bounds: from 0, percentages to their whole, else to 100. */
export function gaugeBounds(config: FieldConfig): Bounds {
  return { min: config.min ?? 0, max: config.max ?? (config.unit === 'percentunit' ? 1 : 100) }
}

function writtenOf(value: Value, { type, config }: Pick<Field, 'type' | 'config'>, moment: Moment): Written {
  if (value === undefined || value === '') return { text: config.noValue ?? '', prefix: '', suffix: '' }
  if (typeof value === 'string') return { text: value, prefix: '', suffix: '' }
  const unit = type === 'time' && !config.unit?.startsWith('dateTime') ? 'dateTimeAsIso' : config.unit
  return unitFormat(unit)(value, config.decimals, moment)
}
