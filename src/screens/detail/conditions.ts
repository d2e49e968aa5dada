// The conditions of an object: which of them speak against it, and how one is written.
import type { TextLine } from '#screens/pager/lines.ts'
import { clean } from '#ui/text.ts'
import type { Role, Theme } from '#ui/theme.ts'
import type { ConditionDetail } from './object.ts'
import type { Since } from './sections.ts'

/** Whether a condition is as it should be depends on its name: `Ready=False` is bad, `Stalled=False` is not. */
export function conditionRole({ type, status }: ConditionDetail): Role | undefined {
  if (status === 'Unknown') return 'warn'
  const wantsFalse =
    /Pressure$|^Stalled$|Failure$|^Failed$|Unavailable$|^Reconciling$|^Suspended$|^Disruption/.test(type)
  if ((status === 'True') !== wantsFalse) return undefined
  return type === 'Reconciling' ? 'warn' : 'bad'
}

export function conditionLines(
  conditions: readonly ConditionDetail[],
  since: Since,
  theme: Theme,
): TextLine[] {
  const widest = Math.max(0, ...conditions.map((one) => one.type.length))
  return conditions.flatMap((one) => {
    const role = conditionRole(one)
    const glyph = role === 'bad' ? theme.glyph.bad : role === 'warn' ? theme.glyph.warn : theme.glyph.good
    const reason = one.reason && one.reason !== one.type ? `  ${one.reason}` : ''
    return [
      {
        head: `  ${glyph} `,
        headRole: role ?? ('dim' as const),
        text: clean(
          `${one.type.padEnd(widest)}  ${one.status.padEnd(7)}  ${since(one.since).padEnd(12)}${reason}`.trimEnd(),
        ),
        ...(role && { role }),
      },
      ...(one.message && (role || one.type === 'Ready')
        ? [{ head: '    ', text: clean(one.message), ...(role ? {} : { role: 'dim' as const }) }]
        : []),
    ]
  })
}
