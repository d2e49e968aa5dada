// label_replace and label_join.
import { executionError } from './errors.ts'
import { type Labels, withLabel } from './labels.ts'
import { compileAnchored } from './matching.ts'
import { mergeRows, type Row } from './rows.ts'

/** Sets `target` to `replacement`, with `$1`, `${1}` and `$name` filled in, where `source` matches as a whole. */
export function labelReplace(
  rows: readonly Row[],
  target: string,
  replacement: string,
  source: string,
  pattern: string,
): readonly Row[] {
  if (target === '') throw executionError(`invalid destination label name in label_replace(): ${target}`)
  let regex: RegExp
  try {
    regex = compileAnchored(pattern)
  } catch {
    throw executionError(`invalid regular expression in label_replace(): ${pattern}`)
  }
  return mergeRows(
    rows.map((row) => {
      const match = regex.exec(row.labels[source] ?? '')
      return match ? relabelled(row, withLabel(row.labels, target, expand(replacement, match))) : row
    }),
  )
}

/** Go's template for a match: `$$` is a dollar, a name takes as many word characters as it can. */
function expand(template: string, match: RegExpExecArray): string {
  return template.replace(/\$(?:\$|\{(\w+)\}|(\w+))/g, (whole, braced?: string, bare?: string) => {
    if (whole === '$$') return '$'
    const name = braced ?? bare ?? ''
    return (/^\d+$/.test(name) ? match[Number(name)] : match.groups?.[name]) ?? ''
  })
}

export function labelJoin(
  rows: readonly Row[],
  target: string,
  separator: string,
  sources: readonly string[],
): readonly Row[] {
  if (target === '') throw executionError(`invalid destination label name in label_join(): ${target}`)
  return mergeRows(
    rows.map((row) => {
      const joined = sources.map((source) => row.labels[source] ?? '').join(separator)
      return relabelled(row, withLabel(row.labels, target, joined))
    }),
  )
}

function relabelled(row: Row, labels: Labels): Row {
  return { ...row, labels }
}
