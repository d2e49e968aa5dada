// The queries of a panel.
import type { Target } from '#model/dashboard/dashboard.ts'
import { type Fields, isFields, items, known, number, text } from '#model/fields.ts'
import { type SourceTypes, sourceOf } from './data-sources.ts'

/** A query without a text asks nothing and is left out, as in Grafana. */
export function readTargets(panel: Fields, types: SourceTypes): readonly Target[] {
  return items(panel.targets)
    .filter(isFields)
    .map((target, index) => readTarget(target, index, panel.datasource, types))
    .filter(({ expr, source }) => expr !== '' || source === 'other')
}

function readTarget(target: Fields, index: number, panelSource: unknown, types: SourceTypes): Target {
  const source = sourceOf([target.datasource, panelSource], types)
  const expr =
    source.source === 'clickhouse'
      ? (text(target.rawSql) ?? text(target.query))
      : (text(target.expr) ?? text(target.query) ?? text(target.expression))
  const instant = target.instant === true
  const factor = number(target.intervalFactor)
  return {
    refId: text(target.refId) ?? letter(index),
    ...source,
    expr: expr?.trim() ?? '',
    instant,
    // Before Grafana 9 there was no `range`: what is not instant is one.
    range: target.range === true || !instant,
    format: formatOf(target.format),
    legend: typeof target.legendFormat === 'string' ? target.legendFormat : '',
    hidden: target.hide === true,
    ...known({
      interval: text(target.interval),
      coarser: factor !== undefined && factor > 1 ? factor : undefined,
    }),
  }
}

/** Queries of old have no letter: the first is A. */
const letter = (index: number) => String.fromCodePoint(65 + (index % 26))

function formatOf(format: unknown): Target['format'] {
  return format === 'table' || format === 'heatmap' ? format : 'series'
}
