// What a field's configuration says about the axis that it stands on: its ends, its ticks, its thresholds.
import type { Field, FieldConfig } from '#model/dashboard/field.ts'
import type { ChartAxis, ChartLimit } from '#ui/charts/chart.ts'
import { type Scale, scales } from '#ui/format.ts'
import type { Theme } from '#ui/theme.ts'
import { roleOfColour } from './colour.ts'
import { type PanelRoom, shownIn, textOf } from './room.ts'

/** Of units that are spans of time, how many make a second. */
const seconds: Readonly<Record<string, number>> = {
  s: 1,
  dtdurations: 1,
  dthms: 1,
  ms: 1000,
  dtdurationms: 1000,
  m: 1 / 60,
}

const binaryUnits = /^(?:[kmgtp]?bytes|[KMGTP]iB(?:s|its)?|bin[Bb]ps|[KMGTP]i[Bb]s)$/

export function axisOf(config: FieldConfig, room: PanelRoom): ChartAxis {
  const { graph } = config
  // Ticks have as many digits as they need, whatever the values are given; and a mapping is for values.
  const { decimals: _, ...free } = config
  const field: Field = { name: '', type: 'number', values: [], config: { ...free, mappings: [] } }
  const percent = graph.stack?.percent === true
  const written: Scale = {
    format: (value) => textOf(shownIn(room, value, field)),
    precise: (value, decimals) =>
      textOf(shownIn(room, value, { ...field, config: { ...field.config, decimals } })),
  }
  const scale = percent ? percents : plainUnits.has(config.unit) ? { ...written, ...scales.number } : written
  return {
    scale: { ...scale, ...(percent ? {} : ticksOf(config.unit ?? '')) },
    min: percent ? undefined : config.min,
    max: percent ? 100 : config.max,
    softMin: graph.softMin,
    softMax: graph.softMax,
    logBase: graph.logBase,
    centredZero: graph.centredZero,
    fitted: true,
  }
}

const percents: Scale = { format: (value) => `${Number(value.toFixed(1))}%` }

/** Units that say nothing: they are all the same one, and their ticks are as short as ours. */
export const plainUnits: ReadonlySet<string | undefined> = new Set([undefined, '', 'none', 'short'])

function ticksOf(unit: string): Omit<Scale, 'format'> {
  if (binaryUnits.test(unit)) return { binary: true }
  const second = Object.hasOwn(seconds, unit) ? seconds[unit] : undefined
  return second === undefined ? {} : { second }
}

/** Lines at the thresholds, where the panel wants them: they have no names, their colour says what they mean. */
export function thresholdsOf(config: FieldConfig, theme: Theme): ChartLimit[] {
  const { thresholds, graph, min = 0, max = 100 } = config
  if (!graph.thresholdLines && graph.thresholdAreas !== true) return []
  return thresholds.steps
    .filter(({ from }) => Number.isFinite(from))
    .map(({ from, colour }) => {
      const role = roleOfColour(colour)
      return {
        value: thresholds.percent ? min + ((max - min) * from) / 100 : from,
        name: role === 'bad' ? theme.glyph.bad : role === 'warn' ? theme.glyph.warn : '',
        role: role ?? 'dim',
        distant: true,
        area: graph.thresholdAreas === true ? 'above' : undefined,
      }
    })
}
