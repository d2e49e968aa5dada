// What a panel asks Prometheus: each of its queries with everything put in, the range it looks at and the step.
import { alignRange } from '#model/query-step.ts'
import type { Panel, Target } from './dashboard.ts'
import { interpolate, type Scope } from './interpolate.ts'
import type { LaidPanel } from './layout.ts'
import { macrosOf } from './macros.ts'
import { leastStep, panelStep } from './panel-step.ts'

export interface PanelContext {
  readonly scope: Omit<Scope, 'repeated' | 'macros'>
  /** The range of the dashboard, milliseconds since the epoch. */
  readonly from: number
  readonly to: number
  /** How wide the panel's chart is. */
  readonly columns: number
  /** How often Prometheus scrapes, milliseconds. */
  readonly scrape: number
  /** The dashboard's title. */
  readonly dashboard: string
}

export interface PanelQuery {
  readonly target: Target
  readonly kind: 'range' | 'instant'
  readonly expr: string
  readonly legend: string
  /** An instant query asks for the moment `to`. */
  readonly from: number
  readonly to: number
  readonly step: number
}

/** Hidden queries are not asked, as in Grafana, nor is what is not Prometheus's. */
export function panelQueries(panel: LaidPanel, context: PanelContext): readonly PanelQuery[] {
  return panel.targets
    .filter(({ hidden, source }) => !hidden && source === 'prometheus')
    .flatMap((target) => targetQueries(target, panel, context))
}

function targetQueries(target: Target, panel: LaidPanel, context: PanelContext): readonly PanelQuery[] {
  const { from, to } = panelRange(panel, context)
  const bare: Scope = { ...context.scope, repeated: panel.repeated, macros: {} }
  const own = target.interval === undefined ? undefined : leastStep(interpolate(target.interval, bare, 'raw'))
  const step = panelStep({ span: to - from }, context.columns, {
    least: own ?? panel.interval ?? context.scrape,
    ...(panel.mostPoints !== undefined && { mostPoints: panel.mostPoints }),
    ...(target.coarser !== undefined && { coarser: target.coarser }),
  })
  const macros = macrosOf({ from, to, step, scrape: own ?? context.scrape, dashboard: context.dashboard })
  const scope: Scope = { ...bare, macros }
  const expr = interpolate(target.expr, scope, 'promql')
  const legend = interpolate(target.legend, scope, 'text')
  const kinds = [
    ...(target.range ? (['range'] as const) : []),
    ...(target.instant ? (['instant'] as const) : []),
  ]
  return kinds.map((kind) => ({
    target,
    kind,
    expr,
    legend,
    step,
    ...(kind === 'range' ? alignRange({ from, to }, step) : { from, to }),
  }))
}

/** A panel may look at a span of its own, or at an earlier time. */
export function panelRange(
  { span, shift = 0 }: Pick<Panel, 'span' | 'shift'>,
  { from, to }: Pick<PanelContext, 'from' | 'to'>,
): { readonly from: number; readonly to: number } {
  const start = span === undefined ? from : to - span
  return { from: start - shift, to: to - shift }
}
