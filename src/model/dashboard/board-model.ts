// A dashboard that was read, as `-o json` gives it: each panel with its frames, their values as they are drawn.
import type { Dashboard, VariableState } from './dashboard.ts'
import { nameOf } from './frame.ts'
import type { LaidRow } from './layout.ts'
import type { PanelData } from './panel-data.ts'

export interface BoardParts {
  readonly dashboard: Dashboard
  readonly variables: { readonly state: VariableState }
  readonly rows: readonly LaidRow[]
  readonly panels: ReadonlyMap<string, PanelData>
}

export function boardModel({ dashboard, variables, rows, panels }: BoardParts) {
  const { title, uid, gnetId } = dashboard
  return {
    title,
    ...(uid !== undefined && { uid }),
    ...(gnetId !== undefined && { gnetId }),
    variables: variables.state.chosen,
    rows: rows.map((row) => ({
      ...(row.title !== undefined && { title: row.title }),
      collapsed: row.collapsed,
      panels: row.panels.map((panel) => ({
        title: panel.title,
        kind: panel.view.kind,
        ...(panel.view.kind === 'unsupported' && { why: panel.view.why }),
        ...dataOf(panels.get(panel.key)),
      })),
    })),
  }
}

function dataOf(data: PanelData | undefined) {
  if (data === undefined) return {}
  const { from, to, step, gaps, warnings, frames, alerts } = data
  return {
    ...{ from, to, step, gaps, warnings },
    ...(alerts && { alerts }),
    frames: frames.map(({ refId, fields }) => ({
      refId,
      fields: fields.map((field) => ({
        name: nameOf(field),
        type: field.type,
        ...(field.labels && { labels: field.labels }),
        ...(field.config.unit !== undefined && { unit: field.config.unit }),
        values: field.values.map((value) => value ?? null),
      })),
    })),
  }
}
