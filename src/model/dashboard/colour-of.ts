// The colour of a value or a series, in Grafana's own words: by thresholds, along a scale, fixed, or from its palette.
import type { Colour, FieldConfig, Thresholds } from './field.ts'

/** Grafana's classic palette, as far as it has names: neighbours are easy to tell apart. */
const palette = [
  'green',
  'yellow',
  'light-blue',
  'orange',
  'red',
  'blue',
  'purple',
  'dark-green',
  'dark-yellow',
  'dark-blue',
  'dark-orange',
  'dark-red',
  'dark-purple',
] as const

/** The colours that a continuous scale goes through, from low to high. */
const scales: Readonly<Record<string, readonly string[]>> = {
  'continuous-GrYlRd': ['green', 'yellow', 'red'],
  'continuous-RdYlGr': ['red', 'yellow', 'green'],
  'continuous-BlYlRd': ['blue', 'yellow', 'red'],
  'continuous-YlRd': ['yellow', 'red'],
  'continuous-BlPu': ['blue', 'purple'],
  'continuous-YlBl': ['yellow', 'blue'],
  'continuous-blues': ['light-blue', 'blue', 'dark-blue'],
  'continuous-reds': ['light-red', 'red', 'dark-red'],
  'continuous-greens': ['light-green', 'green', 'dark-green'],
  'continuous-purples': ['light-purple', 'purple', 'dark-purple'],
}

/** `share`: where the value stands between min and max; `index`: which series it belongs to. */
export function colourOf(
  config: FieldConfig,
  value: number | undefined,
  share: number | undefined,
  index: number,
): string | undefined {
  const { colour, thresholds } = config
  const scale = Object.hasOwn(scales, colour.mode) ? scales[colour.mode] : undefined
  if (scale) return along(scale, share ?? 0)
  if (colour.mode === 'thresholds') return thresholdColour(thresholds, value, share)
  return seriesColour(colour, index)
}

/** What a series is drawn in whatever its values: nothing where only the values decide. */
export function seriesColour(colour: Colour, index: number): string | undefined {
  if (colour.mode === 'fixed' || colour.mode === 'shades') return colour.fixed
  if (colour.mode.startsWith('palette-')) return palette[index % palette.length]
  return undefined
}

/** Of the highest step at or under the value; of the lowest where the value is unknown. */
function thresholdColour(
  { percent, steps }: Thresholds,
  value: number | undefined,
  share: number | undefined,
): string | undefined {
  const measured = percent ? (share === undefined ? undefined : share * 100) : value
  const known = measured === undefined || Number.isNaN(measured) ? Number.NEGATIVE_INFINITY : measured
  return (steps.findLast(({ from }) => from <= known) ?? steps[0])?.colour
}

function along(scale: readonly string[], share: number): string | undefined {
  return scale[Math.min(scale.length - 1, Math.max(0, Math.floor(share * scale.length)))]
}
