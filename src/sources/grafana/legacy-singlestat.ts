// The `singlestat` panel that Grafana had before `stat` and `gauge`, in the words of today's.
import { type Fields, fields, isFields, items, numeric, text, texts } from '#model/fields.ts'

export function modernSinglestat(panel: Fields): Fields {
  const gauge = fields(panel.gauge)
  const isGauge = gauge.show === true
  const named = panel.valueName === 'name'
  return {
    ...panel,
    type: isGauge ? 'gauge' : 'stat',
    fieldConfig: {
      defaults: {
        unit: unitOf(panel),
        decimals: numeric(panel.decimals),
        noValue: text(panel.nullText),
        mappings: mappingsOf(panel),
        thresholds: thresholdsOf(panel),
        ...(isGauge && { min: numeric(gauge.minValue) ?? 0, max: numeric(gauge.maxValue) ?? 100 }),
      },
      overrides: [],
    },
    options: {
      reduceOptions: { calcs: [named ? 'lastNotNull' : (panel.valueName ?? 'avg')], fields: columnOf(panel) },
      graphMode: fields(panel.sparkline).show === true ? 'area' : 'none',
      colorMode: panel.colorBackground === true ? 'background' : panel.colorValue === true ? 'value' : 'none',
      textMode: named ? 'name' : 'value',
    },
  }
}

/** A word behind or before the number took the place of a unit. */
function unitOf({ format, postfix, prefix }: Fields): string | undefined {
  const unit = text(format)
  if (unit !== undefined && unit !== 'none') return unit
  const behind = text(postfix)?.trim()
  if (behind) return `suffix:${behind}`
  const before = text(prefix)
  return before === undefined ? unit : `prefix:${before}`
}

/** Of a table the column that it shows. */
function columnOf({ tableColumn }: Fields): string | undefined {
  const name = text(tableColumn)
  return name === undefined ? undefined : `/^${name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}$/`
}

/** `50,80` with three colours. */
function thresholdsOf({ thresholds, colors }: Fields): Fields | undefined {
  const limits = (text(thresholds) ?? '').split(',').flatMap((one) => numeric(one) ?? [])
  const colours = texts(colors)
  if (limits.length === 0) return undefined
  return {
    mode: 'absolute',
    steps: [null, ...limits].map((value, index) => ({ value, color: colours[index] ?? 'grey' })),
  }
}

/** The first type is of values, the second of ranges; only one of the two counts. */
function mappingsOf({ mappingType, valueMaps, rangeMaps }: Fields): readonly Fields[] {
  if (mappingType === 2)
    return items(rangeMaps)
      .filter(isFields)
      .map((map) => ({ ...map, type: 2 }))
  return items(valueMaps)
    .filter(isFields)
    .map(({ value, text: shown }) => ({ type: 1, value, text: shown }))
}
