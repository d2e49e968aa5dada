// Panels and targets for tests, with as little as each needs.
import { baseConfig } from '#model/dashboard/base-config.ts'
import type { Dashboard, Panel, Target } from '#model/dashboard/dashboard.ts'

export function target(expr: string, more: Partial<Target> = {}): Target {
  return {
    refId: 'A',
    source: 'prometheus',
    sourceName: 'Prometheus',
    expr,
    instant: false,
    range: true,
    format: 'series',
    legend: '__auto',
    hidden: false,
    ...more,
  }
}

export function panel(title: string, more: Partial<Panel> = {}): Panel {
  return {
    id: 1,
    title,
    grid: { x: 0, y: 0, width: 12, height: 8 },
    targets: [],
    view: { kind: 'timeseries', legend: { shown: true, place: 'bottom', calcs: [] } },
    fields: baseConfig,
    overrides: [],
    transformations: [],
    ...more,
  }
}

export function dashboard(more: Partial<Dashboard>): Dashboard {
  return { title: 'Test', tags: [], variables: [], rows: [], ...more }
}
