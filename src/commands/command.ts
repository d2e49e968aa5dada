// What a command is: a name, its flags, and a function from typed settings to a value. Nothing here prints.
import type { Cluster, Table } from '#cluster/cluster.ts'
import type { ReadDashboard } from '#live/dashboard-once.ts'
import type { KubeObject } from '#model/kube.ts'
import type { ListView } from '#model/list-view.ts'
import type { Overview } from '#model/overview.ts'
import type { QueryAnswer } from '#model/prometheus.ts'
import type { TimeRange } from '#model/time.ts'

/** Every flag and setting, typed once at the edge (cli.ts); nothing further in sees a raw string. */
export interface Settings {
  readonly kubeconfig?: string
  readonly context?: string
  /** Absent: the context's namespace for `get`, all of them for the cockpit. */
  readonly namespace?: string
  readonly allNamespaces: boolean
  readonly output: string
  readonly range: TimeRange
  /** Milliseconds for one request. */
  readonly timeout: number
  readonly readOnly: boolean
  readonly colour: 0 | 1 | 2 | 3
  readonly ascii: boolean
  readonly prometheusUrl?: string
  readonly logFile?: string
}

/** The world outside, injected: what a command may touch beside the cluster. */
export interface Outside {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly stdoutIsTerminal: boolean
  readonly columns: number
  /** `[node, launcher]`: to start the homelab as a process of its own. */
  readonly self: readonly [string, string]
  readonly version: string
  /** The home folder, for kubeconfig and config file. */
  readonly home: string
  now(): number
  /** Sends a signal (0 only asks); whether such a process is there. */
  signalProcess(pid: number, signal: 0 | 'SIGTERM'): boolean
  /** A line on stderr. */
  notice(line: string): void
  /** A line on stdout, at once: only for `demo --serve`, which stays. */
  announce(line: string): void
  /** Settles when the process that holds our stdin is gone; never where stdin is a terminal or nothing. */
  readonly parentGone: Promise<void>
}

/** A flag that may be repeated is the list of its values. */
export type GivenFlags = Readonly<Record<string, string | boolean | number | readonly string[] | undefined>>

export interface CommandCall {
  readonly args: readonly string[]
  readonly flags: GivenFlags
  readonly settings: Settings
  readonly outside: Outside
  readonly signal: AbortSignal
  /** The cluster that the settings name. */
  connect(): Promise<Cluster>
  /** The cluster that other settings name. */
  connectTo(settings: Settings): Promise<Cluster>
}

/**
 * What a command ends in; cli.ts draws it as text, JSON, YAML or a screen. `exit` is 1 where a check failed, 2 where there
 * is something to show but nothing that could be judged.
 */
export type Outcome = {
  readonly exit?: 0 | 1 | 2
  /** Run once the outcome has been drawn, also after a signal. */
  readonly after?: () => Promise<void>
} & (
  | { readonly view: 'text'; readonly text: string; readonly json?: unknown }
  | { readonly view: 'list'; readonly list: ListView }
  | {
      readonly view: 'table'
      readonly table: Table
      /** Of one namespace, or of none: then the text needs no column for it. */
      readonly namespaces: 'one' | 'all'
      /** As a list's. */
      readonly notes: readonly string[]
    }
  | { readonly view: 'object'; readonly object: KubeObject }
  | {
      readonly view: 'answer'
      /** One, or several where several were asked. */
      readonly answers: readonly { readonly expr: string; readonly answer: QueryAnswer }[]
      readonly range?: TimeRange
    }
  | { readonly view: 'overview'; readonly overview: Overview }
  | { readonly view: 'dashboard'; readonly shown: ReadDashboard; readonly range: TimeRange }
  | {
      readonly view: 'screen'
      readonly screen: string
      readonly args: readonly string[]
      readonly cluster: Cluster
      /** Those that led to the cluster: its other contexts are found by them too. */
      readonly settings: Settings
    }
  | { readonly view: 'stream'; readonly lines: AsyncIterable<string> }
  | { readonly view: 'nothing' }
)

export interface Flag {
  readonly type: 'string' | 'boolean' | 'number'
  readonly short?: string
  readonly value?: string
  readonly help: string
  /** It may be given again and again; only for texts. */
  readonly repeated?: true
  /** For completion: the values it takes. */
  readonly choices?: readonly string[]
}

export interface Command {
  readonly name: string
  readonly usage: string
  readonly summary: string
  readonly flags: Readonly<Record<string, Flag>>
  readonly outputs: readonly string[]
  /** For completion of the first argument. */
  readonly args?: readonly string[]
  run(call: CommandCall): Promise<Outcome>
}

/** A mistake of the person typing, or a thing that person can mend: one line, a way out, exit code 2. */
export class UsageError extends Error {
  readonly fix?: string
  constructor(message: string, fix?: string) {
    super(message)
    this.name = 'UsageError'
    if (fix !== undefined) this.fix = fix
  }
}
