// argv → which command, its arguments and its flags. A mistyped command or flag is named with what was probably meant.
import meow from 'meow'
import { type Command, type Flag, UsageError } from '#commands/command.ts'
import { flagsOf, globalFlags } from '#commands/flags.ts'
import { nearest } from '#model/nearest.ts'

export interface ParsedArguments {
  readonly command: Command
  readonly args: readonly string[]
  readonly flags: Readonly<Record<string, string | boolean | number | undefined>>
}

/** `fallback` is the command that runs where the first word is no command: the cockpit, with the word as its screen. */
export function parseArguments(
  argv: readonly string[],
  commands: readonly Command[],
  fallback: Command,
): ParsedArguments {
  const word = firstWord(argv)
  const named = commands.find((command) => command.name === word)
  const command = named ?? fallback
  const table = flagsOf(command)
  checkFlags(argv, table, command)
  const { input, flags } = readFlags(argv, table)
  const words = input.map(String)
  const given = Object.entries(flags as Record<string, unknown>).filter(([name]) =>
    mentioned(argv, name, table),
  )
  return {
    command,
    args: named ? words.slice(1) : words,
    flags: Object.fromEntries(given) as ParsedArguments['flags'],
  }
}

function readFlags(argv: readonly string[], table: Readonly<Record<string, Flag>>) {
  try {
    return meow({
      importMeta: import.meta,
      argv: [...argv],
      pkg: { name: 'obsdeck' },
      autoHelp: false,
      autoVersion: false,
      inferType: false,
      flags: Object.fromEntries(
        Object.entries(table).map(([name, flag]) => [
          camel(name),
          {
            type: flag.type,
            ...(flag.short && { shortFlag: flag.short }),
            ...(name === 'range' && { aliases: ['since'] }),
          },
        ]),
      ),
    })
  } catch (error) {
    // What meow refuses stands on the command line: a flag that was given twice.
    throw new UsageError(error instanceof Error ? error.message.replace(/\.$/, '') : String(error))
  }
}

/** The first argument that is neither a flag nor a global flag's value. */
function firstWord(argv: readonly string[]): string | undefined {
  for (let index = 0; index < argv.length; index++) {
    const text = argv[index] ?? ''
    if (text === '--') return argv[index + 1]
    if (!text.startsWith('-')) return text
    const flag = lookUp(text, globalFlags)
    if (flag && flag.type !== 'boolean' && !text.includes('=')) index++
  }
  return undefined
}

function lookUp(text: string, table: Readonly<Record<string, Flag>>): Flag | undefined {
  if (text.startsWith('--')) {
    const name = text.slice(2).split('=')[0] ?? ''
    if (name === 'since') return table.range
    return table[name]
  }
  return Object.values(table).find((flag) => flag.short === text[1])
}

function checkFlags(argv: readonly string[], table: Readonly<Record<string, Flag>>, command: Command): void {
  for (let index = 0; index < argv.length; index++) {
    const text = argv[index] ?? ''
    if (text === '--') return
    if (!text.startsWith('-') || text === '-') continue
    if (text === '--no-color') continue
    const flag = lookUp(text, table)
    if (!flag) {
      const near = nearest(text.replace(/^-+/, '').split('=')[0] ?? '', [
        ...Object.keys(table),
        'since',
        'no-color',
      ])
      throw new UsageError(
        `unknown flag ${text} for ${`obsdeck ${command.name}`.trim()}`,
        near ? `did you mean --${near}?` : `see obsdeck ${command.name} --help`.replace('  ', ' '),
      )
    }
    if (flag.type === 'boolean' || text.includes('=') || (!text.startsWith('--') && text.length > 2)) continue
    const value = argv[index + 1]
    if (value === undefined || (value.startsWith('-') && value !== '-'))
      throw new UsageError(`${text} needs a value`)
    index++
  }
}

/** Whether the flag stands on the command line: meow also gives the switches that were not typed. */
function mentioned(argv: readonly string[], name: string, table: Readonly<Record<string, Flag>>): boolean {
  const [kebab, flag] = Object.entries(table).find(([key]) => camel(key) === name) ?? []
  if (!kebab || !flag) return false
  const longs = [kebab, ...(kebab === 'range' ? ['since'] : []), ...(kebab === 'color' ? ['no-color'] : [])]
  return argv.some(
    (text) =>
      longs.some((long) => text === `--${long}` || text.startsWith(`--${long}=`)) ||
      (flag.short !== undefined &&
        new RegExp(`^-[A-Za-z]*${flag.short}`).test(text) &&
        !text.startsWith('--')),
  )
}

const camel = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
