// argv → which command, its arguments and its flags. A mistyped command or flag is named with what was probably meant.
import meow from 'meow'
import { type Command, type Flag, type GivenFlags, UsageError } from '#commands/command.ts'
import { flagsOf, globalFlags } from '#commands/flags.ts'
import { nearest } from '#model/nearest.ts'

export interface ParsedArguments {
  readonly command: Command
  readonly args: readonly string[]
  readonly flags: GivenFlags
}

/** `fallback` is the command that runs where the first word is no command: the cockpit, with the word as its screen. */
export function parseArguments(
  typed: readonly string[],
  commands: readonly Command[],
  fallback: Command,
): ParsedArguments {
  const word = firstWord(typed)
  const named = commands.find((command) => command.name === word)
  const command = named ?? fallback
  const table = flagsOf(command)
  const argv = checkFlags(typed, table, command)
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

function readFlags(argv: readonly string[], table: FlagTable) {
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
            ...(flag.repeated && { isMultiple: true }),
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
    if (readFlag(text, globalFlags)?.takesNext) index++
  }
  return undefined
}

type FlagTable = Readonly<Record<string, Flag>>

interface ReadFlag {
  /** Whether the next argument is its value. */
  readonly takesNext: boolean
  /** The argument with a value that stands at its letter taken off: `-nshop` is `-n` and `shop`. */
  readonly parts: readonly string[]
}

/** Undefined where some flag in the argument is unknown. */
function readFlag(text: string, table: FlagTable): ReadFlag | undefined {
  if (text.startsWith('--')) {
    const [name = '', value] = text.slice(2).split('=', 2)
    const flag = name === 'since' ? table.range : table[name]
    return flag && { takesNext: flag.type !== 'boolean' && value === undefined, parts: [text] }
  }
  // `-An shop` and `-nshop` as with kubectl: switches may share a dash, a value may follow its letter.
  const letters = text.slice(1)
  for (const [index, letter] of [...letters].entries()) {
    const flag = Object.values(table).find(({ short }) => short === letter)
    if (!flag) return undefined
    if (flag.type === 'boolean') continue
    const value = letters.slice(index + 1)
    return {
      takesNext: value === '',
      parts: value === '' ? [text] : [`-${letters.slice(0, index + 1)}`, value],
    }
  }
  return { takesNext: false, parts: [text] }
}

/** The arguments as the parser takes them. Throws where a flag is unknown or lacks its value. */
function checkFlags(argv: readonly string[], table: FlagTable, command: Command): string[] {
  const name = `obsdeck ${command.name}`.trim()
  const checked: string[] = []
  for (let index = 0; index < argv.length; index++) {
    const text = argv[index] ?? ''
    if (text === '--') return [...checked, ...argv.slice(index)]
    if (!text.startsWith('-') || text === '-' || text === '--no-color') {
      checked.push(text)
      continue
    }
    const read = readFlag(text, table)
    if (!read) throw unknownFlag(text, table, name)
    checked.push(...read.parts)
    if (/^--[^=]+=$/.test(text)) throw new UsageError(`${text.slice(0, -1)} needs a value`)
    if (!read.takesNext) continue
    const value = argv[index + 1]
    if (value === undefined || (value.startsWith('-') && value !== '-'))
      throw new UsageError(`${text} needs a value`)
    checked.push(value)
    index++
  }
  return checked
}

function unknownFlag(text: string, table: FlagTable, name: string): UsageError {
  const near = nearest(text.replace(/^-+/, '').split('=')[0] ?? '', [
    ...Object.keys(table),
    'since',
    'no-color',
  ])
  return new UsageError(
    `unknown flag ${text} for ${name}`,
    near ? `did you mean --${near}?` : `see ${name} --help`,
  )
}

/** Whether the flag stands on the command line: meow also gives the switches that were not typed. */
function mentioned(argv: readonly string[], name: string, table: FlagTable): boolean {
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
