// One panel of a dashboard. One that is of the wrong shape is a panel that says so.
import type { Panel, PanelView, Target } from '#model/dashboard/dashboard.ts'
import { leastStep } from '#model/dashboard/panel-step.ts'
import { type Fields, fields, isFields, items, known, number, numeric, text } from '#model/fields.ts'
import type { SourceTypes } from './data-sources.ts'
import { readFieldConfig, readOverrides } from './field-config.ts'
import { modernised } from './modernise.ts'
import { readView } from './panel-view.ts'
import { ownRange } from './span.ts'
import { readTargets } from './targets.ts'

/** `number` is its place among the panels, for one that has no id. */
export function readPanel(json: unknown, place: number, grid: Panel['grid'], types: SourceTypes): Panel {
  const panel = modernised(fields(json))
  const type = text(panel.type) ?? ''
  const targets = readTargets(panel, types)
  const view = isFields(json) ? viewOf(panel, type, targets) : notOne
  const repeat = text(panel.repeat)
  return {
    id: number(panel.id) ?? -place - 1,
    title: text(panel.title) ?? '',
    grid,
    targets,
    view,
    fields: withUnitOfHeatmap(readFieldConfig(panel, type), view, panel),
    overrides: readOverrides(panel),
    transformations: items(panel.transformations)
      .filter(isFields)
      .map(({ id, disabled, filter, options }) => ({
        id: text(id) ?? '',
        disabled: disabled === true,
        options,
        ...known({ only: text(fields(filter).options) }),
      })),
    ...(repeat !== undefined && { repeat: repeatOf(repeat, panel) }),
    ...ownRange(panel),
    ...known({
      description: text(panel.description),
      interval: leastStep(text(panel.interval)),
      mostPoints: positive(numeric(panel.maxDataPoints)),
    }),
  }
}

const notOne: PanelView = { kind: 'unsupported', type: 'unknown', why: 'its JSON is no panel' }

const positive = (value: number | undefined) => (value !== undefined && value > 0 ? value : undefined)

function repeatOf(variable: string, panel: Fields): NonNullable<Panel['repeat']> {
  const most = positive(numeric(panel.maxPerRow))
  return { variable, across: panel.repeatDirection !== 'v', ...(most !== undefined && { most }) }
}

function viewOf(panel: Fields, type: string, targets: readonly Target[]): PanelView {
  if (type === '' && isFields(panel.libraryPanel)) {
    const name = text(panel.libraryPanel.name) ?? text(panel.libraryPanel.uid) ?? 'without a name'
    return {
      kind: 'unsupported',
      type: 'library panel',
      why: `it is the library panel ${name}, which only Grafana has`,
    }
  }
  const view = readView(type, panel)
  if (view.kind === 'text' || view.kind === 'alertlist') return view
  const shown = targets.filter(({ hidden }) => !hidden)
  const [first] = shown
  if (first === undefined || shown.some(({ source }) => source !== 'other')) return view
  // Of a panel that could not be drawn either this is the greater reason.
  const named = type === '' ? 'unknown' : type
  return { kind: 'unsupported', type: named, why: `it asks ${first.sourceName}, which is not read here` }
}

/** The unit of a heatmap is that of its axis; a calculated one's is said there only. */
function withUnitOfHeatmap(config: Panel['fields'], view: PanelView, panel: Fields): Panel['fields'] {
  if (view.kind !== 'heatmap') return config
  const unit = text(fields(fields(panel.options).yAxis).unit) ?? text(fields(panel.yAxis).format)
  return unit === undefined ? config : { ...config, unit }
}
