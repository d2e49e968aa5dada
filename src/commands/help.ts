// Help texts from the command table.
import type { Command, Flag } from '#commands/command.ts'
import { globalFlags } from '#commands/flags.ts'

const flagLine = ([name, flag]: [string, Flag]): [string, string] => [
  `${flag.short ? `-${flag.short}, ` : '    '}--${name}${flag.value ? ` ${flag.value}` : ''}`,
  flag.help,
]

function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length)) + 2
  return rows.map(([left, right]) => `  ${left.padEnd(width)}${right}`).join('\n')
}

export function programHelp(cockpit: Command, commands: readonly Command[]): string {
  const all = [cockpit, ...commands]
  return [
    'obsdeck: a terminal cockpit for a Flux-run homelab cluster',
    '',
    columns(all.map((command) => [command.usage, command.summary])),
    '',
    'Flags',
    columns(Object.entries(globalFlags).map(flagLine)),
    '',
    'obsdeck COMMAND --help tells of one command. Inside the cockpit, ? tells of the keys.',
  ].join('\n')
}

export function commandHelp(command: Command): string {
  const own = Object.entries(command.flags)
  return [
    `${command.usage}`,
    `  ${command.summary}`,
    ...(own.length > 0 ? ['', 'Flags', columns(own.map(flagLine))] : []),
    ...(command.outputs.length > 0 ? ['', `-o takes ${command.outputs.join(', ')}`] : []),
    '',
    'Global flags',
    columns(Object.entries(globalFlags).map(flagLine)),
  ].join('\n')
}
