// What a panel draws: the frames that its queries gave, transformed, with each field's configuration applied.
// Shapes only.
import type { AlertRow } from '#model/prometheus.ts'
import type { Gap } from '#model/reading.ts'
import type { DataFrame } from './field.ts'

export interface PanelData {
  readonly frames: readonly DataFrame[]
  /** Only of an alert list. */
  readonly alerts?: readonly AlertRow[]
  /** Milliseconds since the epoch. */
  readonly from: number
  readonly to: number
  /** Milliseconds between two points of a range query; 0 where none was asked. */
  readonly step: number
  /** The queries that gave nothing, and why; by refId. */
  readonly gaps: readonly { readonly refId: string; readonly gap: Gap }[]
  /** What the answers said beside their data. */
  readonly warnings: readonly string[]
}
