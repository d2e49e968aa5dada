// Settings as records: flag over environment over config file over default, each value with where it came from.
// The config file's schema, `obsdeck config`, the README's table and the typed Settings all derive from this list.
import type { GivenFlags, Settings } from '#commands/command.ts'
import { UsageError } from '#commands/command.ts'
import { parseSpan } from '#model/duration.ts'
import { parseRange } from '#model/range-text.ts'
import type { TimeRange } from '#model/time.ts'

export type SettingName =
  | 'kubeconfig'
  | 'context'
  | 'namespace'
  | 'range'
  | 'timeout'
  | 'read-only'
  | 'color'
  | 'ascii'
  | 'prometheus-url'
  | 'log-file'

export interface Setting {
  readonly name: SettingName
  readonly type: 'text' | 'duration' | 'switch' | 'color'
  readonly fallback: string
  readonly help: string
}

export const settings: readonly Setting[] = [
  {
    name: 'kubeconfig',
    type: 'text',
    fallback: '',
    help: 'kubeconfig file; without it $KUBECONFIG, then ~/.kube/config',
  },
  { name: 'context', type: 'text', fallback: '', help: 'kubeconfig context; without it the current one' },
  { name: 'namespace', type: 'text', fallback: '', help: 'namespace; without it all of them in the cockpit' },
  {
    name: 'range',
    type: 'duration',
    fallback: '1h',
    help: 'how far back the charts look; with a time after it, until when',
  },
  { name: 'timeout', type: 'duration', fallback: '10s', help: 'how long one request may take' },
  {
    name: 'read-only',
    type: 'switch',
    fallback: 'false',
    help: 'refuse everything that would change the cluster',
  },
  { name: 'color', type: 'color', fallback: 'auto', help: 'auto, never, 16, 256 or true' },
  { name: 'ascii', type: 'switch', fallback: 'false', help: 'draw with ASCII characters only' },
  {
    name: 'prometheus-url',
    type: 'text',
    fallback: '',
    help: 'Prometheus by URL instead of through the cluster',
  },
  { name: 'log-file', type: 'text', fallback: '', help: 'write a diagnostic log to this file' },
]

/** A setting as it was found; `origin` is `--range`, `OBSDECK_RANGE`, the file's path or `default`. */
export interface FoundSetting {
  readonly name: SettingName
  readonly value: string
  readonly origin: string
}

export interface SettingInputs {
  readonly flags: GivenFlags
  readonly env: Readonly<Record<string, string | undefined>>
  /** The config file's values by setting name, and its path for messages. */
  readonly file: { readonly path: string; readonly values: Readonly<Record<string, string>> }
}

/** A timer of more than 24 days fires at once; nobody waits for a day. */
const longestTimeout = 86_400_000

const camel = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
export const variableOf = (name: string) => `OBSDECK_${name.toUpperCase().replaceAll('-', '_')}`

export function findSettings(inputs: SettingInputs): FoundSetting[] {
  return settings.map(({ name, fallback }) => {
    const flag = inputs.flags[camel(name)]
    if (name === 'color' && flag === false) return { name, value: 'never', origin: '--no-color' }
    if (flag !== undefined && flag !== '') return { name, value: String(flag), origin: `--${name}` }
    const variable = inputs.env[variableOf(name)]
    if (variable) return { name, value: variable, origin: variableOf(name) }
    if (name === 'color' && inputs.env.NO_COLOR) return { name, value: 'never', origin: 'NO_COLOR' }
    const kept = inputs.file.values[name]
    if (kept !== undefined) return { name, value: kept, origin: inputs.file.path }
    return { name, value: fallback, origin: 'default' }
  })
}

/** The found settings typed; a value that does not parse names where it came from. `now` in milliseconds. */
export function typeSettings(
  found: readonly FoundSetting[],
  flags: SettingInputs['flags'],
  env: SettingInputs['env'],
  now: number,
): Settings {
  const text = (name: SettingName) => found.find((entry) => entry.name === name)?.value ?? ''
  const fail = (name: SettingName, wanted: string): never => {
    const entry = found.find((other) => other.name === name)
    throw new UsageError(`${entry?.origin ?? name}: "${entry?.value ?? ''}" is not ${wanted}`)
  }
  const span = (name: SettingName) => parseSpan(text(name)) ?? fail(name, 'a duration such as 15m, 6h or 2d')
  const range = (): TimeRange => {
    const typed = parseRange(text('range'), undefined, now)
    if (!('why' in typed)) return typed
    const origin = found.find((entry) => entry.name === 'range')?.origin ?? 'range'
    throw new UsageError(`${origin}: ${typed.why}`)
  }
  const isOn = (name: SettingName) =>
    text(name) === 'true' ? true : text(name) === 'false' ? false : fail(name, 'true or false')
  const allNamespaces = flags.allNamespaces === true
  const optional = (key: keyof Settings, name: SettingName) => (text(name) ? { [key]: text(name) } : {})
  return {
    ...optional('kubeconfig', 'kubeconfig'),
    ...optional('context', 'context'),
    // -A stands over a namespace, wherever that comes from.
    ...(allNamespaces ? {} : optional('namespace', 'namespace')),
    ...optional('prometheusUrl', 'prometheus-url'),
    ...optional('logFile', 'log-file'),
    allNamespaces,
    output: typeof flags.output === 'string' && flags.output ? flags.output : 'text',
    range: range(),
    timeout: Math.min(span('timeout'), longestTimeout),
    readOnly: isOn('read-only'),
    ascii: isOn('ascii'),
    colour: colourLevel(text('color'), env) ?? fail('color', 'auto, never, 16, 256 or true'),
  }
}

/** 0 none, 1 sixteen, 2 256, 3 true colour: what the terminal says of itself where the setting is `auto`. */
function colourLevel(setting: string, env: SettingInputs['env']): 0 | 1 | 2 | 3 | undefined {
  const named: Record<string, 0 | 1 | 2 | 3> = { never: 0, '16': 1, '256': 2, true: 3 }
  if (setting !== 'auto') return named[setting]
  const term = env.TERM ?? ''
  if (term === 'dumb' || term === '') return 0
  if (/^(truecolor|24bit)$/.test(env.COLORTERM ?? '') || term === 'xterm-kitty') return 3
  return /-256(color)?$/.test(term) ? 2 : 1
}
