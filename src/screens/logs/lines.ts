// Log lines as text lines: when and whose in front, errors and warnings in their colours. A time alone is today's.
import type { LogLine } from '#model/log.ts'
import { type LogLevel, logLevel } from '#model/log-level.ts'
import { shortPod } from '#model/pod-owner.ts'
import type { TextLine } from '#screens/pager/lines.ts'
import { dayLabel } from '#ui/charts/axis.ts'
import { clean, clip, pad, width } from '#ui/text.ts'
import type { Role, Theme } from '#ui/theme.ts'
import { withoutOwnTime } from './own-time.ts'

const roles = { error: 'bad', warn: 'warn' } as const satisfies Partial<Record<LogLevel, Role>>
const widestName = 24

export interface LogStyle {
  readonly times: boolean
  readonly timeZone: string | undefined
  readonly theme: Theme
  now(): number
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
    const day = style.times ? dayCells(lines, style) : 0
    const now = `${pods.size > 1} ${containers.size > 1} ${cells} ${day}`
    if (now !== whose) {
      whose = now
      made = new WeakMap()
    }
    const timeOf = (at: number) =>
      `${day === 0 ? '' : `${dayLabel(at, style.timeZone).padStart(day)} `}${clock.format(at)} `
    return lines.map((line) => {
      const known = made.get(line)
      if (known) return known
      const level = logLevel(line.text)
      const at = style.times ? line.at : undefined
      const time = at === undefined ? '' : timeOf(at)
      const name = cells === 0 ? '' : `${pad(clip(nameOf(line), cells, 'middle'), cells)} `
      const role = level === 'error' || level === 'warn' ? roles[level] : undefined
      // A shape before the colour: there are terminals without one.
      const shape = role === undefined ? ' ' : style.theme.glyph[role]
      const fresh: TextLine = {
        // Its own time before ours would push away what it says.
        text: clean(at === undefined ? line.text : withoutOwnTime(line.text, at)),
        head: `${time}${shape} ${name}`,
        headRole: 'dim',
        ...(role && { role }),
      }
      made.set(line, fresh)
      return fresh
    })
  }
}

/** Cells of the days in front of the times; 0 where all is of today. Lines come in the order of their times. */
function dayCells(lines: readonly LogLine[], { timeZone, now }: LogStyle): number {
  const ends = [lines.find(({ at }) => at !== undefined), lines.findLast(({ at }) => at !== undefined)]
  const days = ends.flatMap((line) => (line?.at === undefined ? [] : [dayLabel(line.at, timeZone)]))
  const today = dayLabel(now(), timeZone)
  return days.every((day) => day === today) ? 0 : Math.max(...days.map((day) => day.length))
}
