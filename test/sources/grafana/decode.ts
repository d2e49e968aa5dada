// Decodes dashboards of test/fixtures/grafana, and small ones that a test writes itself.
import { readFileSync } from 'node:fs'
import type { Dashboard, Panel } from '#model/dashboard/dashboard.ts'
import { decodeDashboard } from '#sources/grafana/dashboard.ts'

export function fixtureText(name: string): string {
  return readFileSync(new URL(`../../fixtures/grafana/${name}.json`, import.meta.url), 'utf8')
}

export const fixture = (name: string): Dashboard => decodeDashboard(fixtureText(name))

/** The one panel of a dashboard that has no other. */
export function onlyPanel(panel: unknown, more: object = {}): Panel {
  const { rows } = decodeDashboard(JSON.stringify({ title: 'Test', panels: [panel], ...more }))
  const [first] = rows[0]?.panels ?? []
  if (!first) throw new Error('no panel')
  return first
}

export const panelsOf = ({ rows }: Dashboard): readonly Panel[] => rows.flatMap(({ panels }) => panels)

export function panelNamed(dashboard: Dashboard, title: string): Panel {
  const found = panelsOf(dashboard).find((panel) => panel.title === title)
  if (!found) throw new Error(`no panel ${title}`)
  return found
}
