// Log lines as text lines: when and whose in front, errors and warnings in their colours.
import type { LogLine } from '#model/log.ts'
import { type LogLevel, logLevel } from '#model/log-level.ts'
import type { TextLine } from '#screens/pager/lines.ts'
import { clean, clip, pad, width } from '#ui/text.ts'
import type { Role, Theme } from '#ui/theme.ts'

const roles = { error: 'bad', warn: 'warn' } as const satisfies Partial<Record<LogLevel, Role>>
const widestName = 24

export interface LogStyle {
  readonly times: boolean
  readonly timeZone: string | undefined
  readonly theme: Theme
}

/** Keeps what it made of each line, so that a growing log costs only its new lines. */
export function createLogDrawer(style: LogStyle): (lines: readonly LogLine[]) => readonly TextLine[] {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: style.timeZone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
  })
  let made = new WeakMap<LogLine, TextLine>()
  let whose = ''
  return (lines) => {
    const pods = new Set(lines.map((line) => line.pod))
    const containers = new Set(lines.map((line) => line.container))
    const nameOf = (line: LogLine) =>
      [...(pods.size > 1 ? [shortPod(line.pod)] : []), ...(containers.size > 1 ? [line.container] : [])].join(
        '/',
      )
    const cells =
      Math.min(
        widestName,
        Math.max(0, ...[...pods].flatMap((pod) => (pods.size > 1 ? [width(shortPod(pod))] : [0]))),
      ) + (containers.size > 1 ? 1 + Math.min(widestName, Math.max(...[...containers].map(width))) : 0)
    const now = `${pods.size > 1} ${containers.size > 1} ${cells}`
    if (now !== whose) {
      whose = now
      made = new WeakMap()
    }
    return lines.map((line) => {
      const known = made.get(line)
      if (known) return known
      const level = logLevel(line.text)
      const time = style.times && line.at !== undefined ? `${clock.format(line.at)} ` : ''
      const name = cells === 0 ? '' : `${pad(clip(nameOf(line), cells, 'middle'), cells)} `
      const role = level === 'error' || level === 'warn' ? roles[level] : undefined
      // A shape before the colour: there are terminals without one.
      const shape = role === undefined ? ' ' : style.theme.glyph[role]
      const fresh: TextLine = {
        text: clean(line.text),
        head: `${time}${shape} ${name}`,
        headRole: 'dim',
        ...(role && { role }),
      }
      made.set(line, fresh)
      return fresh
    })
  }
}

/** What tells the pods of one workload apart is their end. */
function shortPod(pod: string): string {
  const parts = pod.split('-')
  return parts.length > 2 ? parts.slice(-2).join('-') : pod
}
