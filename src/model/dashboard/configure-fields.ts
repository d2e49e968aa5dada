// Applies a panel's overrides to the fields of its frames, and gives each field the name that it is shown by.
// Matchers look at the names from before: an override never hides a field from the next one.
import { displayNameOf } from './display-name.ts'
import type { DataFrame, Field, FieldConfig, FieldOverride } from './field.ts'
import { withProperty } from './field-properties.ts'
import { withMeantThresholds } from './meant-thresholds.ts'
import { matcherOf } from './override-matchers.ts'

/** `fill` puts the dashboard's variables into a text. */
export function configureFields(
  frames: readonly DataFrame[],
  overrides: readonly FieldOverride[],
  fill: (text: string) => string,
): readonly DataFrame[] {
  const rules = overrides.map(({ matcher, properties }) => ({ matches: matcherOf(matcher), properties }))
  return frames.map((frame) => ({
    ...frame,
    fields: frame.fields.map((field) => {
      const config = rules
        .filter(({ matches }) => matches(field, frame))
        .flatMap(({ properties }) => properties)
        .reduce<FieldConfig>((before, { id, value }) => withProperty(before, id, value), field.config)
      return named({ ...field, config: withMeantThresholds(config) }, frame, fill)
    }),
  }))
}

/** A time keeps its own name: the display name of a panel is meant for what is measured. */
function named(field: Field, frame: DataFrame, fill: (text: string) => string): Field {
  const { displayName } = field.config
  if (displayName === undefined || field.type === 'time') return field
  return { ...field, displayName: displayNameOf(fill(displayName), field, frame) }
}
