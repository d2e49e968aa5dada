// The little that runs inside the homelab's containers: enough commands to show that exec works.
import type { KubeObject } from '#model/kube.ts'
import { type Fields, listAt, named, textAt } from './json.ts'

export interface Outcome {
  readonly stdout: string
  readonly stderr: string
  readonly code: number
}

/** Where a command runs. */
export interface Container {
  readonly pod: KubeObject
  readonly name: string
  /** The world's time, milliseconds. */
  readonly now: number
}

type Command = (args: readonly string[], container: Container) => Outcome

export const shells = /^(.*\/)?(ba|a)?sh$/
const out = (stdout: string): Outcome => ({ stdout, stderr: '', code: 0 })
export const fail = (stderr: string, code: number): Outcome => ({ stdout: '', stderr, code })

const ROOT = ['bin', 'dev', 'etc', 'home', 'proc', 'root', 'sys', 'tmp', 'usr', 'var']

export function environment({ pod, name }: Container): Readonly<Record<string, string>> {
  const spec: Fields | undefined = named(listAt(pod, 'spec', 'containers'), name)
  const own = listAt(spec, 'env').flatMap((entry): [string, string][] =>
    typeof entry.value === 'string' ? [[textAt(entry, 'name'), entry.value]] : [],
  )
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOSTNAME: pod.metadata.name,
    KUBERNETES_SERVICE_HOST: '10.43.0.1',
    KUBERNETES_SERVICE_PORT: '443',
    HOME: '/root',
    ...Object.fromEntries(own),
  }
}

function hosts({ pod }: Container): string {
  return [
    '# Kubernetes-managed hosts file.',
    '127.0.0.1\tlocalhost',
    '::1\tlocalhost ip6-localhost ip6-loopback',
    `${textAt(pod, 'status', 'podIP')}\t${pod.metadata.name}`,
    '',
  ].join('\n')
}

const FILES: Readonly<Record<string, (container: Container) => string>> = {
  '/etc/hosts': hosts,
  '/etc/hostname': ({ pod }) => `${pod.metadata.name}\n`,
}

const COMMANDS: Readonly<Record<string, Command>> = {
  echo: (args) => out(args[0] === '-n' ? args.slice(1).join(' ') : `${args.join(' ')}\n`),
  env: (_args, container) =>
    out(
      Object.entries(environment(container))
        .map(([key, value]) => `${key}=${value}\n`)
        .join(''),
    ),
  hostname: (_args, { pod }) => out(`${pod.metadata.name}\n`),
  date: (_args, { now }) => out(`${new Date(now).toUTCString().replace('GMT', 'UTC')}\n`),
  ls: (args) =>
    args.length === 0 || args.at(-1) === '/'
      ? out(`${ROOT.join('\n')}\n`)
      : fail(`ls: ${args.at(-1)}: No such file or directory\n`, 1),
  cat(args, container) {
    const missing = args.find((path) => FILES[path] === undefined)
    if (missing !== undefined) return fail(`cat: can't open '${missing}': No such file or directory\n`, 1)
    return out(args.map((path) => FILES[path]?.(container) ?? '').join(''))
  },
  command(args) {
    const [flag, name = ''] = args
    if (flag !== '-v') return fail('sh: command: only command -v is known here\n', 2)
    if (name === 'sh') return out('/bin/sh\n')
    return COMMANDS[name] ? out(`/bin/${name}\n`) : fail('', 127)
  },
  true: () => out(''),
  false: () => fail('', 1),
}

/** `cat` without a file. */
export const readsInput = ([program, ...args]: readonly string[]): boolean =>
  program?.split('/').at(-1) === 'cat' && (args.length === 0 || (args.length === 1 && args[0] === '-'))

/** Runs a command that is no shell; undefined where there is no such program. */
export function run(command: readonly string[], container: Container): Outcome | undefined {
  const [program = '', ...args] = command
  return COMMANDS[program.split('/').at(-1) ?? '']?.(args, container)
}
