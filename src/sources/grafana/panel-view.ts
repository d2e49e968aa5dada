// How a panel of today's schema is drawn, by its type. A type that cannot be drawn says so in its place.
import type { PanelView } from '#model/dashboard/dashboard.ts'
import { type Fields, fields, isFields, items, known, number, text, texts } from '#model/fields.ts'
import { readLegend, readReduce } from './reduce-options.ts'

export function readView(type: string, panel: Fields): PanelView {
  const options = fields(panel.options)
  return Object.hasOwn(views, type) ? (views[type]?.(options, panel) ?? unsupported(type)) : unsupported(type)
}

function unsupported(type: string): PanelView {
  if (type === '')
    return { kind: 'unsupported', type: 'unknown', why: 'the dashboard does not say what it is' }
  return { kind: 'unsupported', type, why: `panels of type ${type} are not drawn here` }
}

const views: Readonly<Record<string, (options: Fields, panel: Fields) => PanelView>> = {
  timeseries: (options) => ({ kind: 'timeseries', legend: readLegend(options) }),
  stat: (options) => ({
    kind: 'stat',
    reduce: readReduce(options),
    graph: (options.graphMode ?? 'area') !== 'none',
    colour: statColour(options.colorMode),
    text: statText(options.textMode),
  }),
  gauge: (options) => ({ kind: 'gauge', reduce: readReduce(options) }),
  bargauge: (options) => ({
    kind: 'bargauge',
    reduce: readReduce(options),
    unfilled: options.showUnfilled !== false,
  }),
  table: (options) => {
    const sort = items(options.sortBy).find(isFields)
    const field = text(sort?.displayName)
    return {
      kind: 'table',
      header: options.showHeader !== false,
      ...(field !== undefined && { sort: { field, descending: sort?.desc === true } }),
    }
  },
  heatmap: (options, panel) => ({
    kind: 'heatmap',
    calculate: typeof options.calculate === 'boolean' ? options.calculate : panel.dataFormat !== 'tsbuckets',
  }),
  alertlist: (options, panel) => ({
    kind: 'alertlist',
    most: number(options.maxItems) ?? number(panel.limit) ?? 20,
    states: alertStates(options.stateFilter ?? options.alertStateFilter ?? panel.stateFilter),
    ...known({
      name: text(options.alertName ?? panel.nameFilter),
      matchers: text(options.alertInstanceLabelFilter),
    }),
  }),
  text: (options, panel) => {
    const mode = options.mode ?? panel.mode
    return {
      kind: 'text',
      mode: mode === 'html' || mode === 'code' ? mode : 'markdown',
      content: text(options.content) ?? text(panel.content) ?? '',
    }
  },
}

function statColour(mode: unknown): Extract<PanelView, { kind: 'stat' }>['colour'] {
  if (typeof mode === 'string' && mode.startsWith('background')) return 'background'
  return mode === 'none' ? 'none' : 'value'
}

function statText(mode: unknown): Extract<PanelView, { kind: 'stat' }>['text'] {
  switch (mode) {
    case 'value':
    case 'name':
    case 'none':
      return mode
    case 'value_and_name':
      return 'value-and-name'
    default:
      return 'auto'
  }
}

/** `{firing: true, …}`, or the list of old; empty: all. */
function alertStates(filter: unknown): readonly string[] {
  if (Array.isArray(filter)) return texts(filter)
  return Object.entries(fields(filter)).flatMap(([state, shown]) => (shown === true ? [state] : []))
}
