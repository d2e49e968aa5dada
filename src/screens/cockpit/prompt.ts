// Typing a line: what a key makes of the prompt. Pure, so that the line can be tested without a terminal.
import type { Suggestion } from '#ui/palette.ts'
import { clean, clip, pad, width as widthOf } from '#ui/text.ts'
import type { Theme } from '#ui/theme.ts'
import type { Prompt } from './state.ts'

/** The prompt after a named key; undefined closes it, and `enter` is the caller's. Unknown names change nothing. */
export function editPrompt(
  prompt: Prompt,
  key: string,
  suggestions: readonly Suggestion[],
): Prompt | undefined {
  switch (key) {
    case 'esc':
    case 'ctrl-c':
      return undefined
    case 'backspace':
    case 'delete':
    case 'ctrl-h':
      return prompt.text === ''
        ? undefined
        : { ...prompt, text: [...prompt.text].slice(0, -1).join(''), pick: -1 }
    case 'ctrl-u':
      return { ...prompt, text: '', pick: -1 }
    case 'ctrl-w':
      return { ...prompt, text: prompt.text.replace(/\S+\s*$/, ''), pick: -1 }
    case 'tab': {
      const taken = suggestions[Math.max(0, prompt.pick)]
      return taken === undefined ? prompt : { ...prompt, text: taken.line, pick: -1 }
    }
    case 'right':
    case 'down':
      return { ...prompt, pick: Math.min(suggestions.length - 1, prompt.pick + 1) }
    case 'left':
    case 'up':
      return { ...prompt, pick: Math.max(-1, prompt.pick - 1) }
    default:
      return prompt
  }
}

/** The prompt with typed or pasted text at its end; control characters of a paste are dropped. */
export function typed(prompt: Prompt, text: string): Prompt {
  return { ...prompt, text: prompt.text + clean(text), pick: -1 }
}

/** What `enter` takes: the picked suggestion or the line as it is typed. */
export function taken(prompt: Prompt, suggestions: readonly Suggestion[]): string {
  return suggestions[prompt.pick]?.line ?? prompt.text
}

/** The line in the footer's place: what is typed, a cursor, the ways to go on. */
export function promptLine(
  prompt: Prompt,
  suggestions: readonly Suggestion[],
  columns: number,
  theme: Theme,
): string {
  const text = `${prompt.kind === 'command' ? ':' : '/'}${prompt.text}`
  const shown = clip([...text].reverse().join(''), Math.max(1, columns - 3), 'end', theme.glyph.cut)
  let line = ` ${[...shown].reverse().join('')}${theme.select('_')}`
  let used = widthOf(shown) + 2
  for (const [index, suggestion] of suggestions.entries()) {
    const word = `${suggestion.line.trim()}${suggestion.help === '' ? '' : ` ${theme.glyph.note} ${suggestion.help}`}`
    if (used + 3 + widthOf(word) > columns) break
    line += `   ${index === prompt.pick ? theme.select(word) : theme.paint('dim', word)}`
    used += 3 + widthOf(word)
  }
  return pad(line, columns)
}
