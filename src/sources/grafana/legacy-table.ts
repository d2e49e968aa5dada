// The table that Grafana had until version 7, with styles by column pattern, in the words of today's.
import { isSlashed } from '#model/dashboard/safe-regex.ts'
import { type Fields, fields, isFields, items, numeric, text, texts } from '#model/fields.ts'

export function modernTable(panel: Fields): Fields {
  const { col, desc } = fields(panel.sort)
  const styles = items(panel.styles).filter(isFields)
  return {
    ...panel,
    type: 'table',
    fieldConfig: { defaults: {}, overrides: styles.map(overrideOf) },
    options: { showHeader: panel.showHeader !== false, sortBy: sortOf(col, desc, panel) },
    transformations: [...items(panel.transformations), ...transformationsOf(panel)],
  }
}

/** The column was given by its number, which only columns that are listed give a name. */
function sortOf(col: unknown, desc: unknown, panel: Fields): readonly Fields[] {
  const column = typeof col === 'number' ? fields(items(panel.columns)[col]) : {}
  const name = text(column.text)
  return name === undefined ? [] : [{ displayName: name, desc }]
}

/** What was called the table's transform. */
function transformationsOf({ transform, columns }: Fields): readonly Fields[] {
  switch (transform) {
    case 'timeseries_to_rows':
      return [{ id: 'seriesToRows', options: {} }]
    case 'timeseries_to_columns':
      return [{ id: 'joinByField', options: {} }]
    case 'timeseries_aggregations':
      return [{ id: 'reduce', options: { reducers: items(columns).map((column) => fields(column).value) } }]
    case 'table':
      return [{ id: 'merge', options: {} }]
    default:
      return []
  }
}

function overrideOf(style: Fields): Fields {
  const pattern = text(style.pattern) ?? ''
  return {
    matcher: { id: isSlashed(pattern) ? 'byRegexp' : 'byName', options: pattern },
    properties: propertiesOf(style).filter(({ value }) => value !== undefined),
  }
}

function propertiesOf(style: Fields): readonly { readonly id: string; readonly value: unknown }[] {
  if (style.type === 'hidden') return [{ id: 'custom.hidden', value: true }]
  const isNumber = style.type === 'number'
  return [
    { id: 'displayName', value: text(style.alias) },
    { id: 'unit', value: isNumber ? text(style.unit) : style.type === 'date' ? 'dateTimeAsIso' : undefined },
    { id: 'decimals', value: isNumber ? numeric(style.decimals) : undefined },
    { id: 'custom.cellOptions', value: cellOf(style.colorMode) },
    { id: 'thresholds', value: thresholdsOf(style) },
    { id: 'mappings', value: mappingsOf(style) },
  ]
}

function cellOf(mode: unknown): Fields | undefined {
  if (mode === 'value') return { type: 'color-text' }
  return mode === 'cell' || mode === 'row' ? { type: 'color-background' } : undefined
}

function thresholdsOf({ thresholds, colors }: Fields): Fields | undefined {
  const limits = items(thresholds).flatMap((one) => numeric(one) ?? [])
  const colours = texts(colors)
  if (limits.length === 0) return undefined
  return {
    mode: 'absolute',
    steps: [null, ...limits].map((value, index) => ({ value, color: colours[index] ?? 'grey' })),
  }
}

function mappingsOf({ mappingType, valueMaps, rangeMaps }: Fields): readonly Fields[] | undefined {
  const [maps, type] = mappingType === 2 ? [rangeMaps, 2] : [valueMaps, 1]
  const read = items(maps)
    .filter(isFields)
    .map((map) => ({ ...map, type }))
  return read.length === 0 ? undefined : read
}
