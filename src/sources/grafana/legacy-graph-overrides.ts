// What the old `graph` panel says about single series: `seriesOverrides` and `aliasColors`.
import { isSlashed } from '#model/dashboard/safe-regex.ts'
import { type Fields, fields, isFields, items, number, numeric } from '#model/fields.ts'

interface Property {
  readonly id: string
  readonly value: unknown
}

/** What an axis says about the values on it. */
export function axisDefaults({ format, min, max }: Fields): Fields {
  return { unit: format, min: numeric(min), max: numeric(max) }
}

export function graphOverrides(panel: Fields): readonly Fields[] {
  const right = fields(items(panel.yaxes)[1])
  const colours = Object.entries(fields(panel.aliasColors)).map(([name, colour]) => ({
    matcher: { id: 'byName', options: name },
    properties: [fixedColour(colour)],
  }))
  const series = items(panel.seriesOverrides)
    .filter(isFields)
    .flatMap((override) => {
      const { alias } = override
      if (typeof alias !== 'string' || alias === '') return []
      const matcher = { id: isSlashed(alias) ? 'byRegexp' : 'byName', options: alias }
      return [{ matcher, properties: propertiesOf(override, right) }]
    })
  return [...colours, ...series]
}

const fixedColour = (colour: unknown): Property => ({
  id: 'color',
  value: { mode: 'fixed', fixedColor: colour },
})

function propertiesOf(override: Fields, right: Fields): readonly Property[] {
  return Object.entries(override).flatMap(([key, value]) =>
    Object.hasOwn(meanings, key) ? (meanings[key]?.(value, right) ?? []) : [],
  )
}

const custom = (id: string, value: unknown): readonly Property[] => [{ id: `custom.${id}`, value }]

const drawn = (style: string) => (value: unknown) => (value === true ? custom('drawStyle', style) : [])

const meanings: Readonly<Record<string, (value: unknown, right: Fields) => readonly Property[]>> = {
  // The second axis has a unit and bounds of its own.
  yaxis: (value, right) => (value === 2 ? [...custom('axisPlacement', 'right'), ...ofAxis(right)] : []),
  transform: (value) => custom('transform', value),
  fill: (value) => custom('fillOpacity', (number(value) ?? 0) * 10),
  stack: (value) =>
    custom(
      'stacking',
      value === false ? { mode: 'none' } : { mode: 'normal', group: typeof value === 'string' ? value : 'A' },
    ),
  bars: drawn('bars'),
  lines: drawn('line'),
  points: drawn('points'),
  dashes: (value) => custom('lineStyle', { fill: value === true ? 'dash' : 'solid' }),
  nullPointMode: (value) => custom('spanNulls', value === 'connected'),
  color: (value) => [fixedColour(value)],
  legend: (value) => (value === false ? custom('hideFrom', { legend: true, viz: false }) : []),
}

function ofAxis(right: Fields): readonly Property[] {
  const { unit, min, max } = axisDefaults(right)
  const properties = [
    { id: 'unit', value: unit },
    { id: 'min', value: min },
    { id: 'max', value: max },
    { id: 'decimals', value: numeric(right.decimals) },
    { id: 'custom.axisLabel', value: right.label },
  ]
  return properties.filter(({ value }) => value !== undefined && value !== null)
}
