// A dashboard as it stands on the screen: rows and panels repeated for the values of their variables, titles filled in.
import type { Dashboard, DashboardRow, Panel, VariableOption } from './dashboard.ts'
import { expanded, interpolate, type Scope } from './interpolate.ts'

export interface LaidPanel extends Panel {
  /** Its own among all panels, repeats included, and the same after every layout. */
  readonly key: string
  /** The values that the repeats give their variables. */
  readonly repeated: Scope['repeated']
}

export interface LaidRow extends Omit<DashboardRow, 'panels' | 'repeat'> {
  readonly key: string
  readonly panels: readonly LaidPanel[]
}

export function layoutDashboard(dashboard: Dashboard, scope: Omit<Scope, 'repeated'>): readonly LaidRow[] {
  return dashboard.rows.flatMap((row, index) =>
    copies(row.repeat, { ...scope, repeated: {} }).map((own): LaidRow => {
      const key = `${index}${suffix(row.repeat, own)}`
      const { repeat: _, panels, title, ...rest } = row
      return {
        ...rest,
        key,
        ...(title !== undefined && { title: interpolate(title, own, 'text') }),
        panels: layoutPanels(panels, own, key),
      }
    }),
  )
}

/** A scope for each value of the variable; one where there is nothing to repeat for. */
function copies(variable: string | undefined, scope: Scope): readonly Scope[] {
  if (variable === undefined || Object.hasOwn(scope.repeated, variable)) return [scope]
  const values = valuesOf(variable, scope)
  if (values.length === 0) return [scope]
  return values.map((value) => ({ ...scope, repeated: { ...scope.repeated, [variable]: value } }))
}

function valuesOf(name: string, scope: Scope): readonly VariableOption[] {
  const variable = scope.variables.find((one) => one.name === name)
  return variable ? expanded(variable, scope.state) : []
}

function suffix(variable: string | undefined, { repeated }: Scope): string {
  const value =
    variable !== undefined && Object.hasOwn(repeated, variable) ? repeated[variable]?.value : undefined
  return value === undefined ? '' : `=${value}`
}

interface Placed {
  readonly panel: Panel
  readonly scopes: readonly Scope[]
  readonly grids: readonly Panel['grid'][]
  /** How much lower it ends than it was meant to. */
  readonly grown: number
}

function layoutPanels(panels: readonly Panel[], scope: Scope, rowKey: string): readonly LaidPanel[] {
  const placed: Placed[] = []
  for (const panel of panels) {
    const shift = shiftOf(panel, placed)
    const scopes = copies(panel.repeat?.variable, scope)
    const grids = spread({ ...panel.grid, y: panel.grid.y + shift }, panel.repeat, scopes.length)
    const bottom = Math.max(...grids.slice(-1).map(({ y, height }) => y + height))
    placed.push({ panel, scopes, grids, grown: bottom - panel.grid.y - panel.grid.height })
  }
  return placed.flatMap(({ panel, scopes, grids }, index) =>
    scopes.map((own, copy) =>
      laidPanel(
        panel,
        own,
        grids[copy] ?? panel.grid,
        `${rowKey}/${index}${suffix(panel.repeat?.variable, own)}`,
      ),
    ),
  )
}

/** What stands under a panel moves down by as much as the panel has grown; what stands beside it stays. */
function shiftOf({ grid }: Panel, above: readonly Placed[]): number {
  return above.reduce((most, { panel, grown }) => {
    return panel.grid.y + panel.grid.height <= grid.y ? Math.max(most, grown) : most
  }, 0)
}

/** Side by side, at most `most` (4 unless told otherwise) a line; or under each other. */
function spread(grid: Panel['grid'], repeat: Panel['repeat'], count: number): readonly Panel['grid'][] {
  if (repeat === undefined || count < 2) return [grid]
  const order = [...Array(count).keys()]
  if (!repeat.across) return order.map((index) => ({ ...grid, y: grid.y + index * grid.height }))
  const line = Math.min(24, Math.max(1, Math.min(count, Math.trunc(repeat.most ?? 4))))
  const width = Math.floor(24 / line)
  return order.map((index) => ({
    ...grid,
    x: (index % line) * width,
    y: grid.y + Math.floor(index / line) * grid.height,
    width,
  }))
}

function laidPanel(panel: Panel, scope: Scope, grid: Panel['grid'], key: string): LaidPanel {
  const { description, view } = panel
  return {
    ...panel,
    key,
    grid,
    repeated: scope.repeated,
    title: interpolate(panel.title, scope, 'text'),
    ...(description !== undefined && { description: interpolate(description, scope, 'text') }),
    ...(view.kind === 'text' && { view: { ...view, content: interpolate(view.content, scope, 'text') } }),
  }
}
