// argv → command → ending (text, JSON or a screen) → exit code. The only file that touches process, and the
// only one that loads ui and screens, and those only when something is drawn.
import { openSync, writeSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { constants, homedir } from 'node:os'
import { setImmediate as turn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import type { Cluster } from '#cluster/cluster.ts'
import { parseArguments } from '#commands/arguments.ts'
import { type CommandCall, type Outcome, type Outside, type Settings, UsageError } from '#commands/command.ts'
import { configPath, readConfig } from '#commands/config-file.ts'
import { commandHelp, programHelp } from '#commands/help.ts'
import { cockpit, commands } from '#commands/registry.ts'
import { findSettings, typeSettings } from '#commands/settings.ts'
import { soon } from '#live/soon.ts'
import { escapeHidden, printableJson } from '#model/printable.ts'
import { SourceError } from '#model/reading.ts'
import pkg from '../package.json' with { type: 'json' }

/** Those that would end us and can be caught: each has a terminal to give back first. SIGUSR1 is Node's own. */
const endings = [
  ...(['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGABRT', 'SIGUSR2', 'SIGALRM', 'SIGTERM'] as const),
  ...(['SIGVTALRM', 'SIGXCPU', 'SIGXFSZ', 'SIGPWR'] as const),
]
const abort = new AbortController()
let endedBy: (typeof endings)[number] | undefined
const exitOf = (signal: (typeof endings)[number]) => 128 + constants.signals[signal]
/** Nothing until the cockpit has the terminal: what is said at the end would vanish with its screen. */
let giveTerminalBack = () => {}

for (const signal of endings) {
  process.on(signal, () => {
    // A second signal does not wait for what the first one is tidying up.
    if (endedBy) process.exit(exitOf(signal))
    endedBy = signal
    abort.abort(new UsageError(`ended by ${signal}`))
  })
}
/** What nobody caught. */
let bug: { readonly error: unknown } | undefined
process.on('uncaughtException', (error) => {
  if (bug) process.exit(report(bug.error))
  bug = { error }
  abort.abort(error)
  setTimeout(() => process.exit(report(error)), 2000).unref()
})
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
})

const outside: Outside = {
  env: process.env,
  cwd: process.cwd(),
  home: process.env.HOME || homedir(),
  version: pkg.version,
  stdoutIsTerminal: process.stdout.isTTY === true && process.stdin.isTTY === true,
  // A pipe has no width of its own: COLUMNS tells one, as other programs take it.
  columns: process.stdout.columns ?? (Math.max(40, Number.parseInt(process.env.COLUMNS ?? '', 10)) || 100),
  self: [process.execPath, process.argv[1] ?? ''],
  now: () => Date.now(),
  notice: (line) => void process.stderr.write(`${line}\n`),
  announce: (line) => void process.stdout.write(`${line}\n`),
  signalProcess(pid, signal) {
    try {
      return process.kill(pid, signal)
    } catch {
      return false
    }
  },
  parentGone: new Promise((resolve) => {
    if (!process.env.OBSDECK_ENDS_WITH_STDIN) return
    process.stdin.resume()
    process.stdin.once('close', () => resolve())
  }),
}

const ending = await run(process.argv.slice(2)).catch((error: unknown) => (bug ? 2 : report(error)))
process.exitCode = bug ? report(bug.error) : ending
// Keep-alive sockets would hold the process for seconds after the answer is out.
process.exit(endedBy ? exitOf(endedBy) : process.exitCode)

async function run(argv: readonly string[]): Promise<number> {
  if (argv[0] === '--version' || argv[0] === '-v') return run(['version'])
  const { command, args, flags } = parseArguments(argv, commands, cockpit)
  if (flags.help || (command === cockpit && args[0] === 'help')) {
    await write(command === cockpit ? programHelp(cockpit, commands) : commandHelp(command))
    return 0
  }
  const file = await readConfig(configPath(outside.env, outside.home))
  const settings = typeSettings(
    findSettings({ flags, env: outside.env, file }),
    flags,
    outside.env,
    outside.now(),
  )
  if (settings.output !== 'text' && !command.outputs.includes(settings.output))
    throw new UsageError(
      `${`obsdeck ${command.name}`.trim()} cannot print ${settings.output}`,
      command.outputs.length > 0 ? `-o takes ${command.outputs.join(', ')}` : 'it takes no -o',
    )
  const clusters: Cluster[] = []
  const connectTo = async (access: Settings) => {
    const { connect } = await import('#cluster/connect.ts')
    const cluster = await connect({ ...access, ...place(access) })
    clusters.push(cluster)
    return cluster
  }
  const call: CommandCall = {
    args,
    flags,
    settings,
    outside,
    signal: abort.signal,
    connect: () => connectTo(settings),
    connectTo,
  }
  const outcome = await command.run(call)
  try {
    await end(outcome, settings)
  } finally {
    await outcome.after?.()
    await Promise.all(clusters.map((cluster) => cluster.close()))
  }
  return outcome.exit ?? 0
}

/** Where kubeconfigs are looked for, and where the diagnostic log goes. */
function place({ logFile }: Settings) {
  return { env: outside.env, home: outside.home, ...(logFile !== undefined && { log: logTo(logFile) }) }
}

/** A file readable by this user only. Written at once: the lines before the end are the ones that matter. */
function logTo(path: string): (line: string) => void {
  let file: number
  try {
    file = openSync(path, 'a', 0o600)
  } catch (error) {
    throw new UsageError(`--log-file ${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
  return (line) => void writeSync(file, `${new Date().toISOString()} ${line}\n`)
}

async function end(outcome: Outcome, settings: Settings): Promise<void> {
  const { output } = settings
  switch (outcome.view) {
    case 'nothing':
      return
    case 'screen':
      return openScreen(outcome)
    case 'stream':
      for await (const line of outcome.lines) await write(line)
      return
    case 'text':
      return write(output === 'json' ? printableJson(outcome.json) : outcome.text)
    case 'object': {
      if (output === 'json') return write(printableJson(outcome.object))
      const { printYaml } = await import('#ui/print/yaml.ts')
      return write(printYaml(outcome.object))
    }
    case 'list': {
      for (const note of outcome.list.notes) outside.notice(`obsdeck: ${note}`)
      if (output === 'json') return write(printableJson({ items: outcome.list.items }))
      if (outcome.list.items.length === 0) return
      const { printList } = await import('#ui/print/list.ts')
      return write(printList(outcome.list, output === 'wide'))
    }
    case 'table': {
      for (const note of outcome.notes) outside.notice(`obsdeck: ${note}`)
      if (output === 'json')
        return write(printableJson({ items: outcome.table.rows, columns: outcome.table.columns }))
      if (outcome.table.rows.length === 0) return
      const { printTable } = await import('#ui/print/list.ts')
      return write(printTable({ ...outcome.table, namespaces: outcome.namespaces }, output === 'wide'))
    }
    case 'answer': {
      if (output === 'json') return write(printableJson(answersJson(outcome.answers)))
      const { printAnswers, printCsv } = await import('#ui/print/answer.ts')
      if (output === 'csv') {
        // CSV has no place for them.
        for (const { answer } of outcome.answers)
          for (const note of [...answer.warnings, ...(answer.infos ?? [])])
            outside.notice(`obsdeck: ${escapeHidden(note)}`)
        return write(printCsv(outcome.answers, (at) => new Date(at).toISOString()))
      }
      return write(printAnswers(outcome, style(settings)))
    }
    case 'dashboard':
      return endDashboard(outcome, settings)
    case 'overview': {
      if (output === 'json') return write(printableJson(outcome.overview))
      const { printOverview } = await import('#screens/overview/print.ts')
      return write(printOverview(outcome.overview, style(settings)))
    }
  }
}

async function endDashboard({ shown }: Outcome & { view: 'dashboard' }, settings: Settings): Promise<void> {
  if (settings.output === 'json') {
    const { boardModel } = await import('#model/dashboard/board-model.ts')
    return write(printableJson(boardModel(shown)))
  }
  const { boardLines, printBoard } = await import('#screens/dashboard/print.ts')
  if (settings.output !== 'svg') return write(printBoard(shown, style(settings)))
  const { linesToSvg } = await import('#ui/svg/lines.ts')
  // A picture has colours, whatever the terminal that asked for it.
  const lines = boardLines(shown, { ...style(settings), colour: 3, ascii: false })
  return write(linesToSvg(lines, { title: shown.dashboard.title }))
}

/** One answer is itself; several are a list, each with what was asked. */
function answersJson(answers: (Outcome & { view: 'answer' })['answers']): unknown {
  const [only, ...others] = answers
  return others.length === 0
    ? only?.answer
    : { items: answers.map(({ expr, answer }) => ({ expr, ...answer })) }
}

function style({ colour, ascii }: Settings) {
  return {
    columns: outside.columns,
    now: outside.now(),
    timeZone: undefined,
    // Only a terminal is coloured: a file or a pipe gets plain text.
    colour: process.stdout.isTTY ? colour : (0 as const),
    ascii,
  }
}

/**
 * The cockpit stays open for days on a small machine: garbage is collected before the heap has grown by a fifth, the
 * nursery stays small (V8 answers a burst with up to 64 MiB and keeps it) and the middle compiler stays away. Peak at
 * 1,000 and 10,000 pods with changes and keys: 133 and 182 to 117 and 144 MiB. Compiled code counts only under the
 * flags it was made under, so it is written out before they change, and what starts loads under Node's own.
 */
function keepSmall(): void {
  flushCompileCache()
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString('--heap-growing-percent=20')
  setFlagsFromString('--no-maglev')
}

async function openScreen(outcome: Outcome & { view: 'screen' }): Promise<void> {
  const { settings } = outcome
  const { connect } = await import('#cluster/connect.ts')
  const { openDeck } = await import('#live/open-deck.ts')
  const access = { ...settings, ...place(settings) }
  const deck = openDeck({
    cluster: outcome.cluster,
    clusterFor: (context) => connect({ ...access, context }),
    settings,
    clock: outside.now,
  })
  // The first requests leave before Ink is loaded, which takes longer than their answers. Only those of the screen
  // that opens: what is not looked at does not poll.
  const table = { pods: deck.pods, nodes: deck.nodes, workloads: deck.workloads }[outcome.screen]
  const ahead = outcome.screen === 'overview' ? deck.overview : table
  const warm = ahead?.subscribe(() => undefined)
  await turn()
  const { createTerminal } = await import('#screens/cockpit/terminal.ts')
  const { openingLines } = await import('#screens/cockpit/opening.ts')
  const { createTheme } = await import('#ui/theme.ts')
  const terminal = createTerminal(process.stdin, process.stdout)
  const { columns, rows } = process.stdout
  const shown = {
    ...{ deck, screen: outcome.screen, readOnly: settings.readOnly },
    theme: createTheme({ level: settings.colour, ascii: settings.ascii, weights: true }),
  }
  const stopping = jobControl()
  giveTerminalBack = terminal.giveBack
  process.once('exit', () => {
    // Ink, where it is still there, would draw its last frame after this, onto the screen that was there before.
    abort.abort()
    terminal.giveBack()
  })
  try {
    // The tables of a near cluster come with their rows, or they would be empty for a moment.
    if (table === undefined) terminal.show(openingLines({ ...shown, columns, rows }))
    await turn()
    // Ink is sixty milliseconds in one piece: after it the handshake has its turn, while the screens are loaded.
    await import('ink')
    await turn()
    const { openCockpit } = await import('#screens/cockpit/open.tsx')
    await turn()
    // A near cluster has answered by now, or is about to: then a table is drawn once, with its rows.
    if (table !== undefined) await soon(table, 25)
    if (abort.signal.aborted) return
    await openCockpit({
      ...{ ...shown, terminal, args: outcome.args, signal: abort.signal, jobControl: stopping },
      onShown() {
        warm?.()
        keepSmall()
      },
    })
  } finally {
    terminal.giveBack()
  }
}

/** Being told to stop while the cockpit opens is done once it can be undone, unless it is taken back before. */
function jobControl() {
  let asked = false
  const remember = () => {
    asked = true
  }
  const forget = () => {
    asked = false
  }
  process.on('SIGTSTP', remember)
  process.on('SIGCONT', forget)
  return {
    onStop(listener: () => void) {
      process.off('SIGTSTP', remember)
      process.off('SIGCONT', forget)
      process.on('SIGTSTP', listener)
      if (asked) listener()
      asked = false
      return () => process.off('SIGTSTP', listener)
    },
    stop: () =>
      new Promise<void>((resolve) => {
        process.once('SIGCONT', () => resolve())
        // Once all that hands the terminal back has left.
        process.stdout.write('', () => void process.kill(process.pid, 'SIGSTOP'))
      }),
  }
}

/** A reader that has enough is no failure: the listener above ends us. A full disk is one. */
function write(text: string): Promise<void> {
  return new Promise((resolve, reject) =>
    process.stdout.write(text.endsWith('\n') ? text : `${text}\n`, (error) => {
      if (!error || ('code' in error && error.code === 'EPIPE')) resolve()
      else reject(new UsageError(`the output could not be written: ${error.message}`))
    }),
  )
}

function report(error: unknown): number {
  giveTerminalBack()
  if (endedBy) return exitOf(endedBy)
  const expected = error instanceof UsageError || error instanceof SourceError
  const lines = expected
    ? [`obsdeck: ${error.message}`, ...(error.fix ? [`  ${error.fix}`] : [])]
    : [
        `obsdeck: this is a bug, not your mistake: ${error instanceof Error ? error.stack : String(error)}`,
        `  Please report it with these lines, "obsdeck version" (${pkg.version}) and Node ${process.versions.node}.`,
      ]
  process.stderr.write(`${lines.join('\n')}\n`)
  return 2
}
