// pods/exec over a websocket: one command, or a shell that reads lines.
import type { WebSocket } from 'ws'
import type { KindCall } from './call.ts'
import { CLOSE, ERROR, received, STDERR, STDIN, STDOUT, send } from './channels.ts'
import { badRequest } from './errors.ts'
import { readObject } from './get.ts'
import { textAt } from './json.ts'
import { checkHost, containerOf } from './reach.ts'
import { type Container, type Outcome, readsInput, run } from './shell.ts'
import { isShell, runScript } from './shell-script.ts'
import { isTrue } from './target.ts'

export const EXEC_PROTOCOLS = ['v5.channel.k8s.io', 'v4.channel.k8s.io']

/** Checks the request before it is upgraded; what it returns serves the socket. Throws 400 and 404. */
export function execSession(call: KindCall): (socket: WebSocket) => void {
  const pod = readObject(call)
  const command = call.params.getAll('command')
  if (command.length === 0) throw badRequest('you must specify at least 1 command for the container')
  const name = containerOf(pod, call.params.get('container') ?? '')
  checkHost(pod)
  if (textAt(pod, 'status', 'phase') !== 'Running') {
    throw badRequest(
      `cannot exec into a container in a completed pod; current phase is ${textAt(pod, 'status', 'phase')}`,
    )
  }
  const container: Container = { pod, name, now: call.api.world.clock.now() }
  const tty = isTrue(call.params.get('tty'))
  const [program = ''] = command
  return (socket) => {
    const input = isTrue(call.params.get('stdin'))
    if (isShell(command)) {
      const ending = command.length === 1 ? atOnce : runScript(command[2] ?? '', container)
      if (ending.shell && input) interactive(socket, container, tty, ending)
      else finish(socket, ending, tty)
    } else if (readsInput(command) && input) copy(socket)
    else finish(socket, run(command, container) ?? program, tty)
  }
}

const atOnce = { stdout: '', stderr: '', code: 0, shell: true } as const

/** Gives back what it gets, until the end of input. */
function copy(socket: WebSocket): void {
  socket.on('message', (data) => {
    const { channel, bytes } = received(data)
    if (channel === STDIN) send(socket, STDOUT, bytes)
    else if (channel === CLOSE && bytes[0] === STDIN)
      finish(socket, { stdout: '', stderr: '', code: 0 }, false)
  })
}

/** `outcome`: how it ended, or the name of a program that is not there. */
function finish(socket: WebSocket, outcome: Outcome | string, tty: boolean): void {
  if (typeof outcome !== 'string') write(socket, outcome, tty)
  const status = typeof outcome === 'string' ? notStarted(outcome) : statusOf(outcome.code)
  send(socket, ERROR, JSON.stringify(status))
  socket.close(1000)
}

/** What could not be started has no exit code: the kubelet and the API server each wrap the reason once. */
function notStarted(program: string) {
  const message = `error executing command in container: exec: "${program}": executable file not found in $PATH`
  return {
    metadata: {},
    status: 'Failure',
    message: `Internal error occurred: Internal error occurred: ${message}`,
    reason: 'InternalError',
    details: { causes: [{ message: `Internal error occurred: ${message}` }] },
    code: 500,
  }
}

function write(socket: WebSocket, { stdout, stderr }: Outcome, tty: boolean): void {
  const text = (raw: string) => (tty ? raw.replaceAll('\n', '\r\n') : raw)
  if (stdout !== '') send(socket, STDOUT, text(stdout))
  // A terminal has one stream only.
  if (stderr !== '') send(socket, tty ? STDOUT : STDERR, text(stderr))
}

/** How the command ended, as the kubelet says it on the error channel. */
function statusOf(code: number) {
  if (code === 0) return { metadata: {}, status: 'Success' }
  return {
    metadata: {},
    status: 'Failure',
    message: `command terminated with non-zero exit code: exit status ${code}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: String(code) }] },
    code: 500,
  }
}

/** Reads commands line by line until `exit` or the end of input; `before` is what came before the shell. */
function interactive(socket: WebSocket, container: Container, tty: boolean, before: Outcome): void {
  let pending = ''
  let last = 0
  const prompt = () => tty && send(socket, STDOUT, '# ')
  write(socket, before, tty)
  prompt()
  socket.on('message', (data) => {
    const { channel, bytes } = received(data)
    const over = channel === CLOSE && bytes[0] === STDIN
    if (channel !== STDIN && !over) return
    const typed = channel === STDIN ? bytes.toString() : ''
    if (tty) {
      const edited = edit(pending, typed)
      send(socket, STDOUT, edited.echo)
      pending = edited.pending
    } else pending += typed
    const lines = pending.split('\n')
    pending = lines.pop() ?? ''
    for (const line of over ? [...lines, pending] : lines) {
      const outcome = runScript(line, container)
      last = outcome.code
      if (outcome.exit) {
        finish(socket, outcome, tty)
        return
      }
      write(socket, outcome, tty)
      prompt()
    }
    if (over || pending === '\u0004') finish(socket, { stdout: '', stderr: '', code: last }, tty)
  })
}

/** What a terminal makes of keys: backspace takes back, ctrl-c drops the line, the rest is shown as it is typed. */
function edit(before: string, typed: string): { readonly pending: string; readonly echo: string } {
  let pending = before
  let echo = ''
  for (const key of typed.replaceAll('\r', '\n')) {
    if (key === '\u007f' || key === '\b') {
      if (pending === '' || pending.endsWith('\n')) continue
      pending = pending.slice(0, -1)
      echo += '\b \b'
    } else if (key === '\u0003') {
      pending = pending.slice(0, pending.lastIndexOf('\n') + 1)
      echo += '^C\r\n# '
    } else {
      pending += key
      echo += key === '\n' ? '\r\n' : key
    }
  }
  return { pending, echo }
}
