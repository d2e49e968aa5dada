// Which findings the filter and "faults only" let through, and how the pane's title tells it.
import { matches, parseFilter } from '#model/filter.ts'
import type { Finding } from '#model/overview.ts'
import { clean } from '#ui/text.ts'
import type { Room } from './pane.ts'
import { subjectLabel } from './subject.ts'

export function seenOf(text: string, faultsOnly: boolean): Pick<Room, 'keep' | 'kept'> {
  const filter = parseFilter(text)
  const kept = [
    ...(filter.kind === 'all' ? [] : [filter.kind === 'bad' ? filter.problem : `/${clean(text)}`]),
    ...(faultsOnly ? ['faults only'] : []),
  ].join('  ')
  return {
    kept,
    keep: (finding) =>
      (!faultsOnly || isFault(finding)) &&
      (filter.kind === 'all' || matches(filter, haystack(finding), noLabels)),
  }
}

const noLabels = {}

/** What is off on purpose, or merely worth knowing, is no fault. */
const isFault = ({ kind, severity }: Finding) => kind !== 'suspended' && severity !== 'info'

function haystack({ ref, evidence, change }: Finding): string {
  const words = [subjectLabel(ref), ref.kind, ref.namespace, ...evidence, change && subjectLabel(change.ref)]
  return words.filter((word) => word !== undefined).join(' ')
}
