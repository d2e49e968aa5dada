// The tables of README.md that are made from the code: commands, settings, keys; and from the bench's figures.
import { cockpit, commands } from '#commands/registry.ts'
import { settings, variableOf } from '#commands/settings.ts'
import { globalBindings } from '#screens/cockpit/keys.ts'
import { screens } from '#screens/registry.ts'
import { measuredTables } from '#test/bench/measured.ts'
import type { Binding } from '#ui/keymap.ts'

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

const commandTable = () =>
  table(
    ['command', 'does'],
    [cockpit, ...commands].map((command) => [`\`${command.usage}\``, command.summary]),
  )

const settingTable = () =>
  table(
    ['in config.yaml', 'environment', 'default', 'is'],
    settings.map(({ name, fallback, help }) => [
      `\`${name}\``,
      `\`${variableOf(name)}\``,
      fallback && `\`${fallback}\``,
      help,
    ]),
  )

function keyTables(): string {
  const rows = (bindings: readonly Binding[]) =>
    table(
      ['key', 'does'],
      bindings.map(({ keys, help, label }) => [keys.map((key) => `\`${key}\``).join(' '), help ?? label]),
    )
  const sections: (readonly [string, readonly Binding[]])[] = [
    ['everywhere', globalBindings],
    ...screens.flatMap((screen) => [
      [screen.title, screen.bindings] as const,
      ...(screen.modes ?? []).map((mode) => [`${screen.title}: ${mode.title}`, mode.bindings] as const),
    ]),
  ]
  return sections
    .map(([title, bindings]) => `<details><summary>${title}</summary>\n\n${rows(bindings)}\n\n</details>`)
    .join('\n')
}

export const tables: Readonly<Record<string, () => string>> = {
  commands: commandTable,
  settings: settingTable,
  keys: keyTables,
  measured: () => measuredTables('test/bench/measured.json'),
}
