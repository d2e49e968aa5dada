// Runs an exec plugin once, as client.authentication.k8s.io says: what it should know in KUBERNETES_EXEC_INFO, its
// answer on stdout, what it has to say to people on stderr. It gets no input, and not for ever.
import { spawn } from 'node:child_process'
import { SourceError } from '#model/reading.ts'
import type { ClientPair } from './agent.ts'
import type { PluginOptions } from './exec-credentials.ts'
import { type Fields, fields, isFields, items, text, texts } from './fields.ts'
import { entryPath, type KubeconfigEntry } from './kubeconfig.ts'
import type { Target } from './target.ts'
import { oneLine } from './wire.ts'

export interface PluginAnswer {
  readonly token?: string
  readonly pair?: ClientPair
  /** Milliseconds since the epoch; absent: good until refused. */
  readonly expires?: number
}

/** So that the whole first request stays under ten seconds. */
const longestRun = 8000
const mostOutput = 1024 * 1024

export async function runPlugin(
  user: KubeconfigEntry,
  target: Target,
  options: PluginOptions,
  closing: AbortSignal,
): Promise<PluginAnswer> {
  const plugin = fields(user.fields.exec)
  const name = text(plugin.command)
  if (name === undefined) throw failure('invalid', `the exec plugin of user ${user.name} has no command`)
  const command = /[\\/]/.test(name) ? entryPath(user, name) : name
  if (plugin.interactiveMode === 'Always') {
    const fix = `run ${name} by hand first, or use a context that does not ask`
    throw failure(
      'unauthorized',
      `the exec plugin ${name} wants to ask questions (interactiveMode: Always)`,
      fix,
    )
  }
  const ended = await run(
    command,
    texts(plugin.args),
    environment(plugin, target, options),
    options.timeout,
    closing,
  )
  const hint = text(plugin.installHint)
  if (ended.how === 'missing') {
    const fix = hint ? oneLine(hint) : 'install it, or change the command of this user in the kubeconfig'
    throw failure('unauthorized', `the exec plugin ${name} is not installed`, fix)
  }
  const said = oneLine(ended.stderr)
  const tail = said === '' ? '' : `: ${said}`
  const fix = `run it by hand: ${commandLine(name, texts(plugin.args))}`
  if (ended.how === 'late')
    throw failure('timeout', `the exec plugin ${name} did not end in time${tail}`, fix)
  if (ended.code !== 0)
    throw failure('unauthorized', `the exec plugin ${name} failed (${ended.code})${tail}`, fix)
  return readAnswer(ended.stdout, name, fix)
}

/** As a person would type it, without the values of flags that are named like secrets (`--oidc-client-secret=…`). */
function commandLine(name: string, args: readonly string[]): string {
  const secret = /^--?[\w-]*(?:secret|password|passwd|token|key)\w*/i
  const shown = args.map((arg, index) => {
    const [flag] = secret.exec(arg) ?? []
    if (flag !== undefined && arg[flag.length] === '=') return `${flag}=…`
    const [before] = secret.exec(args[index - 1] ?? '') ?? []
    return before === args[index - 1] && before !== undefined && !arg.startsWith('-') ? '…' : arg
  })
  return [name, ...shown].join(' ')
}

function environment(plugin: Fields, target: Target, options: PluginOptions): Record<string, string> {
  const env: Record<string, string> = {}
  for (const [key, value] of Object.entries(options.env)) if (value !== undefined) env[key] = value
  for (const entry of items(plugin.env)) {
    const { name, value } = fields(entry)
    if (typeof name === 'string' && typeof value === 'string') env[name] = value
  }
  const spec = {
    interactive: false,
    ...(plugin.provideClusterInfo === true && { cluster: clusterInfo(target) }),
  }
  const apiVersion = text(plugin.apiVersion) ?? 'client.authentication.k8s.io/v1'
  env.KUBERNETES_EXEC_INFO = JSON.stringify({ apiVersion, kind: 'ExecCredential', spec })
  return env
}

function clusterInfo({ cluster, server }: Target) {
  return {
    server,
    'tls-server-name': text(cluster.fields['tls-server-name']),
    'insecure-skip-tls-verify': cluster.fields['insecure-skip-tls-verify'] === true ? true : undefined,
    'certificate-authority-data': text(cluster.fields['certificate-authority-data']),
    'proxy-url': text(cluster.fields['proxy-url']),
    config: items(cluster.fields.extensions)
      .map(fields)
      .find((extension) => extension.name === 'client.authentication.k8s.io/exec')?.extension,
  }
}

interface Ended {
  readonly how: 'ended' | 'late' | 'missing'
  readonly code: number | string
  readonly stdout: string
  readonly stderr: string
}

function run(
  command: string,
  args: readonly string[],
  env: Record<string, string>,
  timeout: number,
  signal: AbortSignal,
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(command, [...args], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
      killSignal: 'SIGKILL',
    })
    let stdout = ''
    let stderr = ''
    const finish = (how: Ended['how'], code: number | string) => {
      clearTimeout(timer)
      child.stdout.destroy()
      child.stderr.destroy()
      resolve({ how, code, stdout, stderr })
    }
    const timer = setTimeout(
      () => {
        child.kill('SIGKILL')
        finish('late', '')
      },
      Math.min(timeout, longestRun),
    )
    child.stdout.setEncoding('utf8').on('data', (data: string) => {
      if (stdout.length < mostOutput) stdout += data
    })
    child.stderr.setEncoding('utf8').on('data', (data: string) => {
      if (stderr.length < mostOutput) stderr += data
    })
    child.on('error', (error) => {
      const code = 'code' in error ? error.code : undefined
      if (code !== 'ENOENT') stderr += error.message
      finish(code === 'ENOENT' ? 'missing' : 'ended', String(code))
    })
    child.on('close', (code, signal) => finish('ended', code ?? String(signal)))
  })
}

function readAnswer(stdout: string, name: string, fix: string): PluginAnswer {
  let answer: unknown
  try {
    answer = JSON.parse(stdout)
  } catch {
    answer = undefined
  }
  const status = fields(answer).status
  if (!isFields(status)) {
    // What was printed may hold a token: it is not shown.
    throw failure('garbage', `the exec plugin ${name} printed no ExecCredential`, fix)
  }
  const token = text(status.token)
  const cert = text(status.clientCertificateData)
  const key = text(status.clientKeyData)
  const pair = cert !== undefined && key !== undefined ? { cert, key } : undefined
  if (token === undefined && pair === undefined) {
    throw failure(
      'unauthorized',
      `the exec plugin ${name} gave neither a token nor a client certificate`,
      fix,
    )
  }
  const expires = Date.parse(text(status.expirationTimestamp) ?? '')
  return {
    ...(token !== undefined && { token }),
    ...(pair && { pair }),
    ...(Number.isFinite(expires) && { expires }),
  }
}

function failure(reason: 'invalid' | 'unauthorized' | 'timeout' | 'garbage', detail: string, fix?: string) {
  return new SourceError({ reason, detail, ...(fix !== undefined && { fix }) })
}
