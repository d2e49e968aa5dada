// The screens that can be opened by name, and their other names: what the command line, its completion and the
// cockpit agree on. Screens that need a subject (detail, logs, yaml, kind) are reached from a row.

export const screenNames = {
  overview: ['ov', 'home'],
  nodes: ['node', 'no'],
  pods: ['pod', 'po'],
  workloads: ['workload', 'wl'],
  events: ['event', 'ev'],
  changes: ['change', 'ch'],
  dashboards: ['dashboard-list', 'boards'],
  metrics: ['metric', 'promql'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type ScreenName = keyof typeof screenNames

/** The screen that a word names. */
export function screenNamed(word: string): ScreenName | undefined {
  const entries = Object.entries(screenNames) as [ScreenName, readonly string[]][]
  return entries.find(([name, aliases]) => name === word || aliases.includes(word))?.[0]
}
