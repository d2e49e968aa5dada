// The dashboards that homelabs run, as their projects publish them: all are read, every panel has a kind, and every query
// is PromQL once it is filled in. They are not ours to keep here: OBSDECK_DASHBOARDS names a folder of them.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parser } from '@prometheus-io/lezer-promql'
import { describe, expect, test } from 'vitest'
import { buildPanelData } from '#model/dashboard/build-panel-data.ts'
import type { Dashboard, VariableState } from '#model/dashboard/dashboard.ts'
import type { Scope } from '#model/dashboard/interpolate.ts'
import { type LaidPanel, layoutDashboard } from '#model/dashboard/layout.ts'
import { type PanelContext, panelQueries } from '#model/dashboard/panel-queries.ts'
import { unitTable } from '#model/dashboard/units/unit-table.ts'
import { noState, withOptions } from '#model/dashboard/variable-choice.ts'
import { optionsOf, type VariableAnswer } from '#model/dashboard/variable-options.ts'
import { orderVariables } from '#model/dashboard/variable-order.ts'
import { questionOf, type VariableQuestion } from '#model/dashboard/variable-question.ts'
import type { QueryAnswer } from '#model/prometheus.ts'
import { decodeDashboard } from '#sources/grafana/dashboard.ts'
import { panelsOf } from './decode.ts'

const folder =
  process.env.OBSDECK_DASHBOARDS ?? fileURLToPath(new URL('../../../../shared/dashboards', import.meta.url))
const files = existsSync(folder)
  ? readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .sort()
  : []
const why = files.length === 0 ? ' (skipped: no dashboards in OBSDECK_DASHBOARDS)' : ''

const textOf = (file: string) => readFileSync(join(folder, file), 'utf8')

/** The panels of a dashboard's JSON by type, found without our decoder: whatever stands in a list called `panels`. */
function typesIn(value: unknown, found: string[] = []): readonly string[] {
  if (typeof value !== 'object' || value === null) return found
  for (const [key, part] of Object.entries(value)) {
    if (key === 'panels' && Array.isArray(part)) found.push(...part.map(({ type }) => String(type)))
    typesIn(part, found)
  }
  return found
}

/** Every text under this key, anywhere. */
function textsUnder(key: string, value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, part]) =>
    name === key && typeof part === 'string' ? [part] : textsUnder(key, part),
  )
}

function counted(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const word of [...words].sort()) counts[word] = (counts[word] ?? 0) + 1
  return counts
}

function answerTo(question: VariableQuestion): VariableAnswer | undefined {
  if (question.kind === 'none' || question.kind === 'unsupported') return undefined
  if (question.kind === 'data-sources') return { kind: 'names', names: ['Prometheus'] }
  if (question.kind === 'series') {
    const labels = { namespace: 'shop.eu', cluster: 'db', pod: 'db-1' }
    return {
      kind: 'series',
      series: [
        { __name__: 'x', ...labels },
        { __name__: 'x', ...labels, pod: 'db-2' },
      ],
    }
  }
  return { kind: 'names', names: ['httproute/shop/cart/rule/0', 'a.b', 'it\'s "\\d"'] }
}

/** The variables after every question was answered, `choose` picking from the options of each. */
function answered(
  dashboard: Dashboard,
  choose: (values: readonly string[]) => readonly string[] | undefined,
): VariableState {
  return orderVariables(dashboard.variables)
    .waves.flat()
    .reduce<VariableState>((state, variable) => {
      const question = questionOf(variable, {
        variables: dashboard.variables,
        state,
        macros: {},
        repeated: {},
      })
      const options = optionsOf(variable, answerTo(question))
      return withOptions(state, variable, options, choose(options.map(({ value }) => value)))
    }, noState)
}

const states: Readonly<Record<string, (dashboard: Dashboard) => VariableState>> = {
  'as it is': (dashboard) => answered(dashboard, () => undefined),
  'all of each': (dashboard) => answered(dashboard, (values) => values),
  'the last of each': (dashboard) => answered(dashboard, (values) => values.slice(-1)),
  'nothing known': () => noState,
}

function laid(
  dashboard: Dashboard,
  state: VariableState,
): { panels: readonly LaidPanel[]; context: PanelContext } {
  const scope: Omit<Scope, 'repeated'> = { variables: dashboard.variables, state, macros: {} }
  const context = {
    scope,
    from: 1_700_000_000_000,
    to: 1_700_000_000_000 + (dashboard.span ?? 3_600_000),
    columns: 60,
    scrape: 60_000,
    dashboard: dashboard.title,
  }
  return { panels: layoutDashboard(dashboard, scope).flatMap(({ panels }) => panels), context }
}

/** Where the grammar finds what it does not know. */
function errorsIn(expr: string): readonly string[] {
  const errors: string[] = []
  parser.parse(expr).iterate({
    enter: ({ type, from }) => {
      if (type.isError) errors.push(expr.slice(Math.max(0, from - 20), from + 20))
    },
  })
  return errors
}

describe.skipIf(files.length === 0)(`real dashboards${why}`, () => {
  const dashboards = files.map((file) => ({ file, dashboard: decodeDashboard(textOf(file)) }))

  test('all are read, and every panel of their JSON is one of ours, by kind', () => {
    const raw = counted(
      files.flatMap((file) => typesIn(JSON.parse(textOf(file)))).filter((type) => type !== 'row'),
    )
    const panels = dashboards.flatMap(({ dashboard }) => panelsOf(dashboard))
    const views = panels.map(({ view }) => view)
    const drawn = counted(views.filter(({ kind }) => kind !== 'unsupported').map(({ kind }) => kind))
    const left = views.flatMap((view) => (view.kind === 'unsupported' ? [`${view.type}: ${view.why}`] : []))
    console.info(`${files.length} dashboards, ${panels.length} panels`, { raw, drawn, left })
    const { graph = 0, timeseries = 0, ...others } = raw
    const meant = counted(views.map((view) => (view.kind === 'unsupported' ? view.type : view.kind)))
    expect(meant).toEqual({ ...others, timeseries: timeseries + graph })
    expect(panels).toHaveLength(540)
    expect(drawn.text).toBe(30)
    expect(left.length).toBeLessThanOrEqual(540 - 30 - 500)
    expect(left.filter((one) => !/Loki|logs|expression/.test(one))).toEqual([])
  })

  test.each(Object.keys(states))(
    'with variables %s every panel has a key of its own and stands within the grid',
    (name) => {
      for (const { dashboard } of dashboards) {
        const { panels } = laid(dashboard, states[name]?.(dashboard) ?? noState)
        expect(new Set(panels.map(({ key }) => key)).size).toBe(panels.length)
        expect(panels.filter(({ grid }) => grid.x < 0 || grid.y < 0 || grid.x + grid.width > 24)).toEqual([])
      }
    },
  )

  test('no variable is circular, and all that Prometheus can be asked for are', () => {
    const unasked = dashboards.flatMap(({ file, dashboard }) => {
      const { waves, circular } = orderVariables(dashboard.variables)
      const ordered = waves.flat()
      expect(circular).toEqual([])
      const scope = { variables: ordered, state: noState, macros: {}, repeated: {} }
      return ordered
        .filter((one) => questionOf(one, scope).kind === 'unsupported')
        .map(({ name, why: reason }) => `${file} ${name}: ${reason}`)
    })
    expect(unasked.filter((one) => !one.includes('Loki'))).toEqual([])
  })

  test.each(Object.keys(states))(
    'with variables %s every query is PromQL with nothing left to fill in',
    (name) => {
      const wrong: string[] = []
      let asked = 0
      for (const { file, dashboard } of dashboards) {
        const { panels, context } = laid(dashboard, states[name]?.(dashboard) ?? noState)
        for (const panel of panels) {
          const shown = { ...panel, targets: panel.targets.map((target) => ({ ...target, hidden: false })) }
          for (const { expr, from, to, step } of panelQueries(shown, context)) {
            asked++
            if (errorsIn(expr).length > 0)
              wrong.push(`${file} ${panel.title}: ${expr} at ${errorsIn(expr).join(' and ')}`)
            // A dollar before a digit is a group of label_replace, one before a quote the end of a pattern.
            if (/\$[a-zA-Z_{]|\[\[/.test(expr)) wrong.push(`${file} ${panel.title}: ${expr} is not filled in`)
            if (Math.floor((to - from) / step) + 1 > 2 * context.columns)
              wrong.push(`${file} ${panel.title}: step ${step}`)
          }
        }
      }
      expect(wrong).toEqual([])
      expect(asked).toBeGreaterThan(700)
    },
  )

  test('what variables ask is PromQL too', () => {
    for (const { dashboard } of dashboards) {
      const state = answered(dashboard, (values) => values)
      for (const variable of dashboard.variables) {
        const question = questionOf(variable, {
          variables: dashboard.variables,
          state,
          macros: {},
          repeated: {},
        })
        const text =
          question.kind === 'result' ? question.expr : 'matcher' in question ? (question.matcher ?? 'x') : 'x'
        expect(errorsIn(text)).toEqual([])
      }
    }
  })

  test('with an answer to every query each panel has something to draw, and every transformation is known', () => {
    const empty: string[] = []
    let filled = 0
    for (const { file, dashboard } of dashboards) {
      const { panels, context } = laid(
        dashboard,
        answered(dashboard, () => undefined),
      )
      for (const panel of panels) {
        if (['text', 'alertlist', 'unsupported'].includes(panel.view.kind)) continue
        const results = panelQueries(panel, context).map((query) => ({
          query,
          answer: invented(query.kind, query.to),
        }))
        const data = buildPanelData(panel, results, context)
        if (data.frames.some(({ length }) => length > 0) && data.warnings.length === 0) filled++
        else empty.push(`${file} ${panel.title}: ${data.warnings.join(', ')}`)
      }
    }
    console.info(`${filled} panels with data, without:`, empty)
    expect(filled).toBeGreaterThanOrEqual(500)
    expect(empty.filter((one) => one.includes('transformation'))).toEqual([])
  })

  test('their units are known; one that Grafana does not know either stands behind the number', () => {
    const units = files.flatMap((file) => textsUnder('unit', JSON.parse(textOf(file))))
    expect(Object.keys(counted(units)).filter((unit) => !unitTable.has(unit) && unit !== '')).toEqual(['miu'])
  })
})

function invented(kind: 'range' | 'instant', at: number): QueryAnswer {
  const labels = {
    pod: 'a',
    namespace: 'shop',
    le: '1',
    name: 'x',
    datname: 'app',
    vuln_id: 'CVE',
    extname: 'e',
  }
  if (kind === 'instant') return { type: 'vector', samples: [{ labels, at, value: 1 }], warnings: [] }
  return { type: 'matrix', series: [{ labels, times: [at - 60_000, at], values: [1, 2] }], warnings: [] }
}
