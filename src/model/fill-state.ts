// How full a thing is that must not become full, a disk or a claim: the same bounds wherever that is said.

const atRiskFrom = 0.9
const badFrom = 0.97

/** Of a ratio from 0 to 1; nothing where it is well, or no number. */
export function fillState(ratio: number): 'warn' | 'bad' | undefined {
  return ratio >= badFrom ? 'bad' : ratio >= atRiskFrom ? 'warn' : undefined
}
