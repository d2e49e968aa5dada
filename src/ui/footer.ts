// The footer and the help page as lines, derived from the bindings that are in force.

import type { Binding } from './keymap.ts'
import { keyLabel } from './keys.ts'
import { clip, pad, width, wrap } from './text.ts'
import type { Theme } from './theme.ts'

/** A binding with the reason why it cannot be had now, which is shown when its key is pressed. */
export interface ShownBinding extends Binding {
  readonly off?: string
}

/** The keys that make sense now, most useful first, as many as fit; one that is off is dim. */
export function footerLine(bindings: readonly ShownBinding[], cells: number, theme: Theme): string {
  const shown = bindings
    .filter((binding) => binding.footer !== undefined)
    .sort((a, b) => (a.footer ?? 0) - (b.footer ?? 0))
  let line = ' '
  let used = 1
  for (const binding of shown) {
    const key = keyLabel(binding.keys[0] ?? '')
    const cellsNeeded = width(key) + 1 + width(binding.label) + (used > 1 ? 2 : 0)
    if (used + cellsNeeded > cells) break
    const text =
      binding.off === undefined
        ? `${theme.paint('accent', key)} ${binding.label}`
        : theme.paint('off', `${key} ${binding.label}`)
    line += `${used > 1 ? '  ' : ''}${text}`
    used += cellsNeeded
  }
  return line + ' '.repeat(Math.max(0, cells - used))
}

export interface HelpSection {
  readonly title: string
  readonly bindings: readonly ShownBinding[]
}

/** The help page: every binding with its sentence; a key that is off says why. */
export function helpLines(sections: readonly HelpSection[], cells: number, theme: Theme): string[] {
  const all = sections.flatMap((section) => section.bindings)
  const keysOf = (binding: Binding) => binding.keys.map(keyLabel).join(' ')
  const left = Math.min(24, Math.max(...all.map((binding) => width(keysOf(binding))), 0))
  const lines: string[] = []
  for (const section of sections) {
    if (section.bindings.length === 0) continue
    if (lines.length > 0) lines.push('')
    lines.push(` ${theme.paint('title', section.title)}`)
    for (const binding of section.bindings) {
      const reason = binding.off
      const sentence = binding.help ?? binding.label
      const text = reason === undefined ? sentence : `${sentence} (off: ${reason})`
      const keys = pad(clip(keysOf(binding), left, 'end', theme.glyph.cut), left)
      for (const [index, part] of wrap(text, Math.max(10, cells - left - 4)).entries()) {
        const head = index === 0 ? theme.paint('accent', keys) : ' '.repeat(left)
        lines.push(` ${head}  ${reason === undefined ? part : theme.paint('off', part)}`)
      }
    }
  }
  return lines
}
