// What `:` understands: the screens, the kinds that the server serves, and a few commands of the cockpit itself.
import type { Resource } from '#model/kube.ts'
import { nearest } from '#model/nearest.ts'
import { noNamespaceCalled } from '#model/no-namespace.ts'
import { parseRange } from '#model/range-text.ts'
import type { TimeRange } from '#model/time.ts'
import type { ScreenDef } from '#screens/screen.ts'
import { complete, entryOf, type PaletteEntry, parseCommand } from '#ui/palette.ts'

export interface Known {
  readonly screens: readonly ScreenDef[]
  readonly resources: readonly Resource[]
  readonly contexts: readonly string[]
  readonly namespaces: readonly string[]
  /** Their names; absent until they were listed. */
  readonly dashboards?: readonly string[] | undefined
  /** Of times that are typed; the machine's own where absent. */
  readonly timeZone?: string | undefined
  /** Milliseconds since the epoch: a range ends in the past. */
  readonly now: number
}

/** What a line means; `unknown` carries the sentence for the person. */
export type Meaning =
  | { readonly type: 'go'; readonly screen: string; readonly args: readonly string[] }
  /** One dashboard by its name, title, uid or number, or a part of them. */
  | { readonly type: 'dashboard'; readonly name: string }
  | { readonly type: 'context'; readonly name: string }
  | { readonly type: 'namespace'; readonly name: string | undefined }
  /** `note`: how a time was understood that could be another. */
  | { readonly type: 'range'; readonly range: TimeRange; readonly note?: string }
  | { readonly type: 'help' }
  | { readonly type: 'leave' }
  | { readonly type: 'nothing' }
  | { readonly type: 'unknown'; readonly why: string }

type Entry = PaletteEntry & { readonly mean: (args: readonly string[], rest: string) => Meaning }

/** The entries in the order in which they win: screens, the cockpit's own, kinds. */
export function entries(known: Known): Entry[] {
  const screens = known.screens
    .filter((screen) => !screen.inner)
    .map<Entry>(({ name, aliases, takesText }) => ({
      name,
      aliases,
      help: '',
      ...(name === 'dashboards' && known.dashboards && { values: known.dashboards }),
      mean: (args, rest) =>
        name === 'dashboards' && rest !== ''
          ? { type: 'dashboard', name: rest }
          : takesText || args.length === 0
            ? { type: 'go', screen: name, args: rest === '' ? [] : [rest] }
            : (misplaced(name, args, known) ?? { type: 'go', screen: name, args }),
    }))
  const taken = new Set(screens.flatMap((entry) => [entry.name, ...entry.aliases]))
  const kinds = known.resources.map<Entry>((resource) => ({
    name: taken.has(resource.plural) ? `${resource.plural}.${resource.group}` : resource.plural,
    aliases: [
      ...(resource.shortNames ?? []),
      resource.kind.toLowerCase(),
      `${resource.plural}.${resource.group}`,
    ],
    help: resource.group || 'core',
    mean: () => ({ type: 'go', screen: 'kind', args: [resource.plural, resource.group] }),
  }))
  return [...screens, ...own(known), ...kinds]
}

function own(known: Known): Entry[] {
  return [
    {
      name: 'ctx',
      aliases: ['context'],
      help: 'context',
      values: known.contexts,
      mean: ([name]) =>
        name === undefined
          ? { type: 'unknown', why: 'ctx needs a context: :ctx NAME' }
          : { type: 'context', name },
    },
    {
      name: 'ns',
      aliases: ['namespace'],
      help: 'namespace',
      values: ['all', ...known.namespaces],
      mean: ([name]) =>
        name === undefined
          ? { type: 'unknown', why: 'ns needs a namespace: :ns NAME, or :ns all' }
          : { type: 'namespace', name: name === 'all' ? undefined : name },
    },
    {
      name: 'range',
      aliases: ['since'],
      help: 'time range',
      values: ['15m', '1h', '3h', '6h', '12h', '1d', '2d', '7d', '14d'],
      mean: (_args, rest) => rangeOf(rest, known),
    },
    { name: 'help', aliases: ['h'], help: 'keys', mean: () => ({ type: 'help' }) },
    { name: 'q', aliases: ['quit', 'exit', 'q!'], help: 'leave', mean: () => ({ type: 'leave' }) },
  ]
}

/** A list takes a namespace; what k9s would filter by is said where it belongs. */
function misplaced(name: string, args: readonly string[], { namespaces }: Known): Meaning | undefined {
  const [first = ''] = args
  if (/^[-/!]/.test(first)) {
    const filter = args.join(' ').replace(/^\//, '')
    return { type: 'unknown', why: `:${name} takes a namespace; / filters: /${filter}` }
  }
  if (args.length > 1 || namespaces.length === 0 || namespaces.includes(first)) return undefined
  return { type: 'unknown', why: noNamespaceCalled(first, namespaces) }
}

function rangeOf(text: string, { timeZone, now }: Known): Meaning {
  const typed = parseRange(text, timeZone, now)
  if ('why' in typed) return { type: 'unknown', why: typed.why }
  const { note, ...range } = typed
  return { type: 'range', range, ...(note !== undefined && { note }) }
}

export function meaningOf(line: string, known: Known): Meaning {
  const command = parseCommand(line)
  if (command === undefined) return { type: 'nothing' }
  const entry = entryOf(entries(known), command.name)
  if (entry === undefined) return { type: 'unknown', why: unknownName(command.name, known) }
  return entry.mean(command.args, command.rest)
}

function unknownName(name: string, known: Known): string {
  const all = entries(known)
  const words = all.flatMap((entry) => [entry.name, ...entry.aliases])
  const near = nearest(name, words)
  const likely = near === undefined ? [] : [entryOf(all, near)?.name ?? near]
  const alike = complete(all, name, 3).map((suggestion) => suggestion.line.trim())
  const names = [...new Set([...likely, ...alike])].slice(0, 3)
  const hint = names.length === 0 ? '' : `; did you mean ${names.join(', ')}?`
  return `no screen, kind or command is called ${name}${hint}`
}
