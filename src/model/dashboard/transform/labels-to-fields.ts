// labelsToFields: the labels of series become columns beside their values, or rows of label and value.

import type { DataFrame, Field } from '#model/dashboard/field.ts'
import { withFields } from '#model/dashboard/frame.ts'
import { text, texts } from '#model/fields.ts'
import { merge } from './merge.ts'
import type { Transform, TransformContext } from './transform.ts'

export const labelsToFields: Transform = (frames, options, context) => {
  const kept = new Set(texts(options.keepLabels))
  const isKept = (label: string) => kept.size === 0 || kept.has(label)
  if (options.mode === 'rows') return frames.flatMap((frame) => labelRows(frame, isKept, context))
  const valueLabel = text(options.valueLabel)
  return merge(
    frames.map((frame) => withLabelColumns(frame, isKept, valueLabel, context)),
    {},
    context,
  )
}

/** The value of the label `valueLabel` is the name of the value's own column. */
function withLabelColumns(
  frame: DataFrame,
  isKept: (label: string) => boolean,
  valueLabel: string | undefined,
  { base }: TransformContext,
): DataFrame {
  const columns = new Map<string, Field>()
  const plain = frame.fields.map((field): Field => {
    const { labels = {}, displayName: _, ...rest } = field
    if (field.labels === undefined) return field
    for (const [label, value] of Object.entries(labels)) {
      if (label === valueLabel || !isKept(label)) continue
      columns.set(label, {
        name: label,
        type: 'string',
        values: Array(frame.length).fill(value),
        config: base,
      })
    }
    const name = valueLabel === undefined ? undefined : labels[valueLabel]
    return { ...rest, name: name ?? field.name }
  })
  const times = plain.filter(({ type }) => type === 'time')
  return withFields(frame, [...times, ...columns.values(), ...plain.filter(({ type }) => type !== 'time')])
}

function labelRows(
  frame: DataFrame,
  isKept: (label: string) => boolean,
  { base }: TransformContext,
): readonly DataFrame[] {
  return frame.fields.flatMap((field) => {
    const pairs = Object.entries(field.labels ?? {}).filter(([label]) => isKept(label))
    if (pairs.length === 0) return []
    const column = (name: string, values: readonly string[]): Field => ({
      name,
      type: 'string',
      values,
      config: base,
    })
    return {
      ...frame,
      fields: [
        column(
          'label',
          pairs.map(([label]) => label),
        ),
        column(
          'value',
          pairs.map(([, value]) => value),
        ),
      ],
      length: pairs.length,
    }
  })
}
