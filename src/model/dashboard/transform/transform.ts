// What a transformation is: frames in, frames out, with its options read from the dashboard's JSON.

import type { DataFrame, FieldConfig } from '#model/dashboard/field.ts'
import type { Fields } from '#model/fields.ts'

export interface TransformContext {
  /** The configuration of fields that a transformation makes. */
  readonly base: FieldConfig
  /** Puts the dashboard's variables into a text. */
  readonly fill: (text: string) => string
}

export type Transform = (
  frames: readonly DataFrame[],
  options: Fields,
  context: TransformContext,
) => readonly DataFrame[]
