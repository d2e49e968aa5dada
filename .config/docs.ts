// Writes what README.md derives from the code: the key tables and the command list. `--check` only compares.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cockpit, commands } from '#commands/registry.ts'
import { settings, variableOf } from '#commands/settings.ts'
import { screens, shellBindings } from '#screens/registry.ts'
import type { Binding } from '#ui/keymap.ts'

const path = join(process.cwd(), 'README.md')
const before = readFileSync(path, 'utf8')
const after = [
  ['commands', commandTable()],
  ['settings', settingTable()],
  ['keys', keyTables()],
].reduce((text, [name = '', content = '']) => replaceBetween(text, name, content), before)

if (process.argv.includes('--check')) {
  if (after !== before) {
    process.stderr.write('README.md is behind the code: npm run docs\n')
    process.exitCode = 1
  }
} else {
  writeFileSync(path, after)
}

function replaceBetween(text: string, name: string, content: string): string {
  const start = `<!-- ${name} -->`
  const end = `<!-- /${name} -->`
  const from = text.indexOf(start)
  const to = text.indexOf(end)
  if (from < 0 || to < from) throw new Error(`README.md lacks ${start} … ${end}`)
  return `${text.slice(0, from + start.length)}\n${content}\n${text.slice(to)}`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function commandTable(): string {
  return table(
    ['command', 'does'],
    [cockpit, ...commands].map((command) => [`\`${command.usage}\``, command.summary]),
  )
}

function settingTable(): string {
  return table(
    ['in config.yaml', 'environment', 'default', 'is'],
    settings.map(({ name, fallback, help }) => [`\`${name}\``, `\`${variableOf(name)}\``, fallback && `\`${fallback}\``, help]),
  )
}

function keyTables(): string {
  const rows = (bindings: readonly Binding[]) =>
    table(
      ['key', 'does'],
      bindings.map((binding) => [binding.keys.map((key) => `\`${key}\``).join(' '), binding.help ?? binding.label]),
    )
  return [
    ['Everywhere', shellBindings] as const,
    ...screens.map((screen) => [screen.title, screen.bindings] as const),
  ]
    .filter(([, bindings]) => bindings.length > 0)
    .map(([title, bindings]) => `**${title}**\n\n${rows(bindings)}`)
    .join('\n\n')
}
