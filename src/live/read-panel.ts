// One panel's data, asked for once: all its queries side by side, then frames. Loaded when a dashboard is opened.
import { buildPanelData, type PanelResult } from '#model/dashboard/build-panel-data.ts'
import { filterAlerts } from '#model/dashboard/filter-alerts.ts'
import { interpolate } from '#model/dashboard/interpolate.ts'
import type { LaidPanel } from '#model/dashboard/layout.ts'
import type { PanelData } from '#model/dashboard/panel-data.ts'
import { type PanelContext, type PanelQuery, panelQueries } from '#model/dashboard/panel-queries.ts'
import { gapOf } from '#model/reading.ts'
import type { Questions } from './questions.ts'
import type { Report } from './reporting-poll.ts'

/** `report` hears how many of its questions were answered, from none to all. */
export async function readPanel(
  ask: Questions,
  panel: LaidPanel,
  context: PanelContext,
  signal: AbortSignal,
  report: Report = () => undefined,
): Promise<PanelData> {
  const queries = panelQueries(panel, context)
  const isAlerts = panel.view.kind === 'alertlist'
  const of = queries.length + (isAlerts ? 1 : 0)
  let answered = 0
  report(answered, of)
  const counted = async <T>(answer: Promise<T>): Promise<T> => {
    const value = await answer
    answered += 1
    report(answered, of)
    return value
  }
  const [results, alerts] = await Promise.all([
    Promise.all(queries.map((query) => counted(resultOf(ask, query, signal)))),
    isAlerts ? counted(ask.alerts(signal)) : undefined,
  ])
  const data = buildPanelData(panel, results, context)
  if (alerts === undefined || panel.view.kind !== 'alertlist') return data
  const scope = { ...context.scope, repeated: panel.repeated, macros: {} }
  return { ...data, alerts: filterAlerts(alerts, panel.view, (text) => interpolate(text, scope, 'promql')) }
}

/** One query that fails leaves the others their data. */
async function resultOf(ask: Questions, query: PanelQuery, signal: AbortSignal): Promise<PanelResult> {
  const { expr, from, to, step } = query
  try {
    const answer =
      query.kind === 'instant'
        ? await ask.instant(expr, to, signal)
        : await ask.range({ expr, from, to, step }, signal)
    return { query, answer }
  } catch (error) {
    if (signal.aborted) throw error
    return { query, gap: gapOf(error) }
  }
}
