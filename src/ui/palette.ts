// The command palette: what can be gone to by name, and completion of what has been typed so far.
import uFuzzy from '@leeoniya/ufuzzy'

/** One thing that `:` knows. Commands that take an argument complete it with `values`. */
export interface PaletteEntry {
  readonly name: string
  readonly aliases: readonly string[]
  /** One or two words beside the name: `screen`, `kind`, `leave`. */
  readonly help: string
  readonly values?: readonly string[]
}

export interface Suggestion {
  /** The whole line when it is taken. */
  readonly line: string
  readonly help: string
}

export interface PaletteCommand {
  readonly name: string
  readonly args: readonly string[]
  /** All that stands behind the name. */
  readonly rest: string
}

export function parseCommand(line: string): PaletteCommand | undefined {
  const [, name = '', rest = ''] = /^:?(\S*)\s*(.*)$/s.exec(line.trim()) ?? []
  return name === '' ? undefined : { name, args: rest === '' ? [] : rest.split(/\s+/), rest }
}

/** The entry that a name means: by its name, by an alias, by the beginning of just one name. */
export function entryOf<Entry extends PaletteEntry>(
  entries: readonly Entry[],
  name: string,
): Entry | undefined {
  const wanted = name.toLowerCase()
  const exact = entries.find((entry) => entry.name === wanted || entry.aliases.includes(wanted))
  if (exact !== undefined) return exact
  const starting = entries.filter((entry) => entry.name.startsWith(wanted))
  return starting.length === 1 ? starting[0] : undefined
}

/** Made when something is first completed: its expressions cost 8 ms, which no start has to pay. */
let fuzzy: uFuzzy | undefined

/** At most `most` ways to go on from `line`, best first: exact, then beginnings, then anything alike. */
export function complete(entries: readonly PaletteEntry[], line: string, most: number): Suggestion[] {
  const typed = line.replace(/^:/, '').trimStart()
  const space = typed.indexOf(' ')
  if (space >= 0) {
    const entry = entryOf(entries, typed.slice(0, space))
    const found = rank(entry?.values ?? [], typed.slice(space + 1).trim())
    return found.slice(0, most).map((value) => ({ line: `${entry?.name} ${value}`, help: '' }))
  }
  const byWord = new Map<string, PaletteEntry>()
  for (const entry of entries) {
    for (const word of [entry.name, ...entry.aliases]) if (!byWord.has(word)) byWord.set(word, entry)
  }
  const found = rank([...byWord.keys()], typed.trim()).flatMap((word) => byWord.get(word) ?? [])
  return [...new Set(found)].slice(0, most).map((entry) => ({
    // What takes an argument is completed up to it.
    line: entry.values === undefined ? entry.name : `${entry.name} `,
    help: entry.help,
  }))
}

function rank(words: readonly string[], needle: string): string[] {
  if (needle === '') return [...words]
  const wanted = needle.toLowerCase()
  const exact = words.filter((word) => word === wanted)
  const starting = words.filter((word) => word !== wanted && word.toLowerCase().startsWith(wanted))
  const list = [...words]
  fuzzy ??= new uFuzzy()
  const [indexes, info, order] = fuzzy.search(list, needle)
  const ranked =
    order === null || order === undefined ? indexes : order.map((index) => info?.idx[index] ?? -1)
  const alike = (ranked ?? []).flatMap((index) => list[index] ?? [])
  return [...new Set([...exact, ...starting, ...alike])]
}
