// The options in the query of a write: dry run, field manager, force.
import type { KindCall } from './call.ts'
import { notInteger } from './errors.ts'
import { checkOptions, forbidden, invalidValue, required, tooLong, unsupported } from './invalid.ts'
import type { Fields } from './json.ts'

const LONGEST_MANAGER = 128

const dryRunCauses = (values: readonly string[]) =>
  values.every((value) => value === 'All')
    ? []
    : [unsupported('dryRun', JSON.stringify(values).replaceAll(',', ' '), ['All'])]

const dryRunsOf = ({ params }: KindCall) => params.getAll('dryRun').filter(Boolean)

export const isDryRun = (call: KindCall) => dryRunsOf(call).length > 0

/** Throws 422 where an option is none. */
export function checkWriteOptions(call: KindCall, kind: 'CreateOptions' | 'UpdateOptions'): void {
  checkOptions(kind, [...dryRunCauses(dryRunsOf(call)), ...managerCauses(call)])
}

export function checkPatchOptions(call: KindCall, applies: boolean): void {
  const { params } = call
  const nameless = applies && !params.get('fieldManager')
  checkOptions('PatchOptions', [
    ...(!applies && params.has('force')
      ? [forbidden('force', 'may not be specified for non-apply patch')]
      : []),
    ...(nameless ? [required('fieldManager', 'is required for apply patch')] : []),
    ...managerCauses(call),
    ...dryRunCauses(dryRunsOf(call)),
  ])
}

function managerCauses({ params }: KindCall) {
  const manager = params.get('fieldManager') ?? ''
  if (Buffer.byteLength(manager) > LONGEST_MANAGER) return [tooLong('fieldManager', LONGEST_MANAGER)]
  const at = [...manager].findIndex((character) => /[\p{C}]/u.test(character))
  if (at < 0) return []
  const code = (manager.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return [invalidValue('fieldManager', manager, `invalid character U+${code} (at position ${at})`)]
}

const PROPAGATION = ['Foreground', 'Background', 'Orphan']

/** The options of a delete come in its body or its query; the body goes first. */
export function deleteOptions(call: KindCall, body: Fields) {
  const option = (name: string) => {
    const value = body[name] ?? call.params.get(name) ?? undefined
    return value === undefined ? undefined : String(value)
  }
  const grace = option('gracePeriodSeconds')
  if (grace !== undefined && !/^[+-]?\d+$/.test(grace)) throw notInteger(grace)
  const propagation = option('propagationPolicy') ?? 'Background'
  const dryRuns = [...dryRunsOf(call), ...(Array.isArray(body.dryRun) ? body.dryRun.map(String) : [])]
  checkOptions('DeleteOptions', [
    ...dryRunCauses(dryRuns),
    ...(PROPAGATION.includes(propagation)
      ? []
      : [unsupported('propagationPolicy', JSON.stringify(propagation), [...PROPAGATION, 'nil'])]),
  ])
  return { ...(grace !== undefined && { grace: Number(grace) }), propagation, dryRun: dryRuns.length > 0 }
}
