// Panels of old types as the panels of today that mean the same.
import type { Fields } from '#model/fields.ts'
import { text } from '#model/fields.ts'
import { modernGraph } from './legacy-graph.ts'
import { modernSinglestat } from './legacy-singlestat.ts'
import { modernTable } from './legacy-table.ts'

export function modernised(panel: Fields): Fields {
  switch (text(panel.type)) {
    case 'graph':
      return modernGraph(panel)
    case 'singlestat':
    case 'grafana-singlestat-panel':
      return modernSinglestat(panel)
    case 'table-old':
      return modernTable(panel)
    case 'table':
      // Until Grafana 7 the old table had this name.
      return Array.isArray(panel.styles) && panel.fieldConfig === undefined ? modernTable(panel) : panel
    case 'heatmap-new':
      return { ...panel, type: 'heatmap' }
    default:
      return panel
  }
}
