// From the answers to a panel's queries to what it draws: frames, transformed, each field configured.
import type { QueryAnswer } from '#model/prometheus.ts'
import type { Gap } from '#model/reading.ts'
import { configureFields } from './configure-fields.ts'
import type { Target } from './dashboard.ts'
import { framesOf } from './frames.ts'
import { interpolate } from './interpolate.ts'
import type { LaidPanel } from './layout.ts'
import { macrosOf } from './macros.ts'
import type { PanelData } from './panel-data.ts'
import { type PanelContext, type PanelQuery, panelRange } from './panel-queries.ts'
import { transformFrames } from './transform/transform-frames.ts'

/** A query with its answer, or why there is none. */
export type PanelResult = { readonly query: PanelQuery } & (
  | { readonly answer: QueryAnswer }
  | { readonly gap: Gap }
)

export function buildPanelData(
  panel: LaidPanel,
  results: readonly PanelResult[],
  context: PanelContext,
): PanelData {
  const answered = results.flatMap((result) => ('answer' in result ? [result] : []))
  const range = panelRange(panel, context)
  const steps = results.flatMap(({ query }) => (query.kind === 'range' ? [query.step] : []))
  const step = Math.max(0, ...steps)
  const macros = macrosOf({ ...range, step, scrape: context.scrape, dashboard: context.dashboard })
  const fill = (text: string) =>
    interpolate(text, { ...context.scope, repeated: panel.repeated, macros }, 'text')
  const frames = framesOf(
    answered.map(({ query, answer }) => ({
      ...query,
      answer,
      step: query.kind === 'range' ? query.step : 0,
    })),
    panel.fields,
  )
  const { frames: transformed, unknown } = transformFrames(frames, panel.transformations, {
    base: panel.fields,
    fill,
  })
  return {
    frames: configureFields(transformed, panel.overrides, fill),
    ...range,
    step,
    gaps: [...results.flatMap(gapsOf), ...panel.targets.flatMap(unasked)],
    warnings: [
      ...new Set(answered.flatMap(({ answer }) => answer.warnings)),
      ...unknown.map(
        (id) => `the transformation ${id} is not known here: what it was to change is shown as it is`,
      ),
    ],
  }
}

function gapsOf(result: PanelResult): PanelData['gaps'] {
  const { refId } = result.query.target
  if ('gap' in result) return [{ refId, gap: result.gap }]
  return isEmpty(result.answer)
    ? [{ refId, gap: { reason: 'no-series', detail: `no series for ${result.query.expr}` } }]
    : []
}

function isEmpty(answer: QueryAnswer): boolean {
  return (
    (answer.type === 'vector' && answer.samples.length === 0) ||
    (answer.type === 'matrix' && answer.series.length === 0)
  )
}

function unasked({ refId, hidden, source, sourceName }: Target): PanelData['gaps'] {
  if (hidden || source === 'prometheus') return []
  return [{ refId, gap: { reason: 'invalid', detail: `${sourceName} is not asked here` } }]
}
