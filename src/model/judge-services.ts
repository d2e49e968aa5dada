// What is wrong with applications, judged from the calls they answer: a share of errors that is high, or far above before.
import { type SubjectIndex, serviceRef } from '#model/alert-subject.ts'
import { percent } from '#model/amount-words.ts'
import { type Draft, evidenceRank } from '#model/finding-draft.ts'
import type { ServiceErrors } from '#model/overview-inputs.ts'

/** Under this many calls a second one failed call is already a large share. */
const enough = 0.1
const warnFrom = 0.05
const criticalFrom = 0.1
/** Risen by this factor, a smaller share is worth a word too. */
const risen = { factor: 5, from: 0.02 }

export function judgeServices(services: readonly ServiceErrors[], index: SubjectIndex): readonly Draft[] {
  return services.flatMap((one) => {
    const { before, errors, since } = one
    const jumped = before !== undefined && errors > risen.from && errors > risen.factor * before
    if (one.rate < enough || (errors < warnFrom && !jumped)) return []
    const known = serviceRef(one.service, one.namespace ?? '', index)
    const text = `errors ${percent(errors)}${before === undefined ? '' : ` (${percent(before)} before)`}`
    return [
      {
        ref: known,
        kind: 'workload',
        severity: errors >= criticalFrom ? 'critical' : 'warning',
        evidence: [{ rank: evidenceRank.errors, text }],
        ...(since !== undefined && { since }),
      } satisfies Draft,
    ]
  })
}
