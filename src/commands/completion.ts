// obsdeck completion SHELL: a script made from the command table, so that it cannot fall behind.
import { type Command, type Flag, UsageError } from '#commands/command.ts'
import { globalFlags } from '#commands/flags.ts'

const shells = ['bash', 'zsh', 'fish'] as const

export const completion: Command = {
  name: 'completion',
  usage: 'obsdeck completion SHELL',
  summary: 'print the completion script for bash, zsh or fish',
  flags: {},
  outputs: [],
  args: shells,
  async run({ args }) {
    const shell = shells.find((name) => name === args[0])
    if (!shell) throw new UsageError('completion needs a shell', `one of ${shells.join(', ')}`)
    const { commands, cockpit } = await import('#commands/registry.ts')
    return { view: 'text', text: scripts[shell]([cockpit, ...commands]) }
  },
}

const words = (flags: Readonly<Record<string, Flag>>) => Object.keys(flags).map((name) => `--${name}`)
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
const named = (all: readonly Command[]) => all.filter((command) => command.name !== '')
const firstWords = (all: readonly Command[]) => [
  ...named(all).map((command) => command.name),
  ...(all.find((command) => command.name === '')?.args ?? []),
]

const scripts: Readonly<Record<(typeof shells)[number], (all: readonly Command[]) => string>> = {
  bash: (all) =>
    [
      '_obsdeck() {',
      `  local word="\${COMP_WORDS[COMP_CWORD]}" command="" i`,
      `  for ((i = 1; i < COMP_CWORD; i++)); do [[ "\${COMP_WORDS[i]}" != -* ]] && { command="\${COMP_WORDS[i]}"; break; }; done`,
      `  local flags=${quoted(words(globalFlags).join(' '))} args=''`,
      '  case "$command" in',
      ...named(all).map(
        (command) =>
          `    ${command.name}) flags+=${quoted(` ${words(command.flags).join(' ')}`)}; args=${quoted((command.args ?? []).join(' '))} ;;`,
      ),
      `    '') args=${quoted(firstWords(all).join(' '))} ;;`,
      '  esac',
      '  if [[ "$word" == -* ]]; then COMPREPLY=($(compgen -W "$flags" -- "$word")); else COMPREPLY=($(compgen -W "$args" -- "$word")); fi',
      '}',
      'complete -o default -F _obsdeck obsdeck',
    ].join('\n'),
  zsh: (all) =>
    [
      '#compdef obsdeck',
      '_obsdeck() {',
      '  local -a flags args',
      `  flags=(${words(globalFlags).join(' ')})`,
      '  local command=""',
      `  for word in \${words[2,CURRENT-1]}; do [[ $word != -* ]] && { command=$word; break; }; done`,
      '  case $command in',
      ...named(all).map(
        (command) =>
          `    ${command.name}) flags+=(${words(command.flags).join(' ')}); args=(${(command.args ?? []).join(' ')}) ;;`,
      ),
      `    '') args=(${firstWords(all).join(' ')}) ;;`,
      '  esac',
      '  if [[ $PREFIX == -* ]]; then compadd -- $flags; else compadd -- $args; _files; fi',
      '}',
      'compdef _obsdeck obsdeck',
    ].join('\n'),
  fish: (all) =>
    [
      'complete -c obsdeck -f',
      ...named(all).map(
        (command) =>
          `complete -c obsdeck -n __fish_use_subcommand -a ${command.name} -d ${quoted(command.summary)}`,
      ),
      ...(all.find((command) => command.name === '')?.args ?? []).map(
        (screen) =>
          `complete -c obsdeck -n __fish_use_subcommand -a ${screen} -d ${quoted(`open at ${screen}`)}`,
      ),
      ...Object.entries(globalFlags).map(([name, flag]) => fishFlag(name, flag)),
      ...named(all).flatMap((command) => [
        ...Object.entries(command.flags).map(([name, flag]) => fishFlag(name, flag, command.name)),
        ...(command.args ?? []).map(
          (arg) =>
            `complete -c obsdeck -n ${quoted(`__fish_seen_subcommand_from ${command.name}`)} -a ${arg}`,
        ),
      ]),
    ].join('\n'),
}

function fishFlag(name: string, flag: Flag, command?: string): string {
  const only = command ? ` -n ${quoted(`__fish_seen_subcommand_from ${command}`)}` : ''
  const value =
    flag.type === 'boolean' ? '' : flag.choices ? ` -x -a ${quoted(flag.choices.join(' '))}` : ' -r'
  return `complete -c obsdeck${only} -l ${name}${flag.short ? ` -s ${flag.short}` : ''}${value} -d ${quoted(flag.help)}`
}
