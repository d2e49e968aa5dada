// The facts above the charts as lines, cut where there is no room: the most telling stand first.
import type { Fact, FactLines } from '#model/subject-facts/fact.ts'
import { age } from '#ui/format.ts'
import { clean, clip, width as widthOf } from '#ui/text.ts'
import type { Theme } from '#ui/theme.ts'

export interface FactRoom {
  readonly width: number
  readonly theme: Theme
  readonly now: number
  /** The end of a range that has ended: facts are of now. `03:12`. */
  readonly past?: string | undefined
  /** Whether what is waited for is named by now. */
  readonly late: boolean
}

/** So many for every object and at every moment, so that nothing below them jumps. */
export const factRows = 2

const gap = '   '

/** A fact that is cut to fewer cells is left out: a word or two of it say nothing. */
const least = 16

/** Each at most the room's width. */
export function factLines(lines: FactLines, room: FactRoom): readonly string[] {
  const [fares, done] = lines
  const { past } = room
  const first = past === undefined ? fares : [{ text: `now, not ${past}:`, tone: 'dim' as const }, ...fares]
  return [lineOf(first, room), lineOf(done, room)]
}

function lineOf(facts: readonly Fact[], { width, theme, now, late }: FactRoom): string {
  let line = ' '
  let free = width - 2
  for (const fact of facts) {
    if (fact.waiting && !late) continue
    const space = line === ' ' ? '' : gap
    const room = free - space.length
    if (room < Math.min(least, widthOf(textOf(fact, theme, now, Number.POSITIVE_INFINITY)))) break
    const text = textOf(fact, theme, now, room)
    line += space + (fact.tone === undefined ? text : theme.paint(fact.tone, text))
    free = room - widthOf(text)
  }
  return line
}

/** A shape before the colour: there are terminals without one. */
function textOf({ text, at, since, tone }: Fact, { glyph }: Theme, now: number, room: number): string {
  const shape = tone === 'bad' || tone === 'warn' ? `${glyph[tone]} ` : ''
  const when = at === undefined ? '' : ` ${age(now - at)} ago`
  const lasting = since === undefined ? '' : ` for ${age(now - since)}`
  const said = `${shape}${clean(text)}`
  const tail = `${when}${lasting}`
  // Half an age would be another age: where it is cut, the words are.
  if (widthOf(said) + tail.length <= room) return said + tail
  const free = room - tail.length
  return free < 8 ? clip(said, room, 'end', glyph.cut) : clip(said, free, 'end', glyph.cut) + tail
}
