// A kubeconfig that does not lead to a cluster: one clear error on stderr, nothing on stdout, exit code 2, soon;
// on a terminal no alternate screen is left behind.

import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { makeAuthority } from '#test/connection/certificates.ts'
import { startProgram, until } from './pty.ts'
import { freePort, launcher, runProgram, type ServedHomelab, serveHomelabProcess } from './served-homelab.ts'

interface Config {
  clusters: { cluster: Record<string, unknown> }[]
  users: { user: Record<string, unknown> }[]
  'current-context'?: string
}

let homelab: ServedHomelab
let folder: string
let good: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'obsdeck-test-'))
  homelab = await serveHomelabProcess()
  good = await readFile(homelab.kubeconfig, 'utf8')
})
afterAll(async () => {
  await homelab.stop()
  await rm(folder, { recursive: true, force: true })
})

async function file(text: string): Promise<string> {
  const path = join(await mkdtemp(join(folder, 'one-')), 'kubeconfig')
  await writeFile(path, text)
  return path
}

/** The homelab's kubeconfig with something wrong in it. */
function changed(change: (config: Config) => void): Promise<string> {
  const config = parse(good) as Config
  change(config)
  return file(stringify(config))
}

const withPlugin = (command: string, ...args: string[]) =>
  changed((config) => {
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command, args, interactiveMode: 'Never' }
    const [first] = config.users
    if (first) first.user = { exec }
  })

const withCluster = (cluster: Record<string, unknown>) =>
  changed((config) => {
    for (const one of config.clusters) Object.assign(one.cluster, cluster)
  })

/** A client certificate that ended a day ago. */
async function expired(): Promise<string> {
  const authority = await makeAuthority()
  const { cert, key } = await authority.issue({ name: 'admin', from: -2, until: -1 })
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  return changed((config) => {
    const [first] = config.users
    if (first) first.user = { 'client-certificate-data': base64(cert), 'client-key-data': base64(key) }
  })
}

interface Trouble {
  readonly name: string
  readonly args: () => Promise<readonly string[]>
  readonly says: RegExp
  /** What the person can do, on the second line. */
  readonly fix: RegExp
}

/** Seen when the file is read, before anything is asked. */
const ofTheFile: readonly Trouble[] = [
  {
    name: 'missing',
    args: async () => ['--kubeconfig', join(folder, 'nowhere')],
    says: /^obsdeck: no kubeconfig: \S+nowhere does not exist$/,
    fix: /pass --kubeconfig/,
  },
  {
    name: 'a folder',
    args: async () => ['--kubeconfig', folder],
    says: /^obsdeck: cannot read \S+: a folder$/,
    fix: /name the file/,
  },
  {
    name: 'no YAML',
    args: async () => ['--kubeconfig', await file('a: [b\n  c: "')],
    says: /is no kubeconfig: .* at line 2/,
    fix: /kubectl config view/,
  },
  {
    name: 'no mapping',
    args: async () => ['--kubeconfig', await file('hello there')],
    says: /is no kubeconfig: it is not a mapping$/,
    fix: /kubectl config view/,
  },
  {
    name: 'no current context',
    args: async () => [
      '--kubeconfig',
      await changed((config) => {
        delete config['current-context']
      }),
    ],
    says: /has no current context$/,
    fix: /pass --context: homelab, no-nodes/,
  },
  {
    name: 'unknown context',
    args: async () => ['--kubeconfig', homelab.kubeconfig, '--context', 'homelb'],
    says: /^obsdeck: no context homelb in /,
    fix: /did you mean homelab/,
  },
  {
    name: 'client certificate expired',
    args: async () => ['--kubeconfig', await expired()],
    says: /^obsdeck: the client certificate of .* expired/,
    fix: /renew/,
  },
]

/** Seen when the cluster is asked. */
const ofTheCluster: readonly Trouble[] = [
  {
    name: 'exec plugin missing',
    args: async () => ['--kubeconfig', await withPlugin('/nowhere/plugin')],
    says: /^obsdeck: the exec plugin \/nowhere\/plugin is not installed$/,
    fix: /install it/,
  },
  {
    name: 'exec plugin failing',
    args: async () => ['--kubeconfig', await withPlugin('/bin/sh', '-c', 'echo token gone >&2; exit 3')],
    says: /^obsdeck: the exec plugin \/bin\/sh failed \(3\): token gone$/,
    fix: /run it by hand/,
  },
  {
    name: 'exec plugin hanging',
    args: async () => ['--kubeconfig', await withPlugin('/bin/sleep', '60'), '--timeout', '2s'],
    says: /^obsdeck: the exec plugin \/bin\/sleep did not end in time$/,
    fix: /run it by hand: \/bin\/sleep 60/,
  },
  {
    name: 'server unreachable',
    args: async () => [
      '--kubeconfig',
      await withCluster({ server: `https://127.0.0.1:${await freePort()}` }),
    ],
    says: /^obsdeck: https:\/\/127\.0\.0\.1:\d+ refuses connections$/,
    fix: /is the API server running/,
  },
  {
    name: 'wrong authority',
    args: async () => {
      const { ca } = await makeAuthority()
      const data = Buffer.from(ca).toString('base64')
      return ['--kubeconfig', await withCluster({ 'certificate-authority-data': data })]
    },
    says: /^obsdeck: the certificate of \S+ is not trusted \(\w+\)$/,
    fix: /check certificate-authority/,
  },
]

function expectOneError(
  { says, fix }: Trouble,
  { code, out, err }: { code: number | null; out: string; err: string },
) {
  const [first = '', second = '', ...more] = err.trimEnd().split('\n')
  expect(first).toMatch(says)
  expect(second).toMatch(fix)
  expect(more).toEqual([])
  expect({ code, out }).toEqual({ code: 2, out: '' })
}

describe.each([...ofTheFile, ...ofTheCluster])('$name', (trouble) => {
  test('without a terminal', { timeout: 10_000 }, async () => {
    const args = await trouble.args()
    expectOneError(trouble, await runProgram([...args, 'get', 'pods', '-A'], { KUBECONFIG: undefined }))
    expectOneError(trouble, await runProgram(args, { KUBECONFIG: undefined }))
  })

  test('a command on a terminal', { timeout: 10_000 }, async () => {
    const { exitCode, lines, alternate } = await onTerminal([...(await trouble.args()), 'get', 'pods'])
    expect(lines[0]).toMatch(trouble.says)
    expect(lines[1]).toMatch(trouble.fix)
    expect({ exitCode, alternate }).toEqual({ exitCode: 2, alternate: false })
  })
})

test.each(ofTheFile)('$name: the cockpit does not open', async (trouble) => {
  const { exitCode, lines, alternate } = await onTerminal(await trouble.args())
  expect(lines[0]).toMatch(trouble.says)
  expect({ exitCode, alternate }).toEqual({ exitCode: 2, alternate: false })
})

// What the cluster answers may change while one waits: the cockpit stays, says it, and leaves as ever.
test.each(ofTheCluster)('$name: the cockpit says so and can be left', async (trouble) => {
  const program = startProgram(process.execPath, [launcher, ...(await trouble.args())], { columns: 200 })
  const said = new RegExp(trouble.says.source.replace(/^\^obsdeck: |\$$/g, ''))
  await until(program, String(said), () => said.test(program.text()))
  expect(program.text()).not.toMatch(/all well|nodes 0|pods 0/)
  program.write('?')
  await until(program, 'help', () => /everywhere/.test(program.text()))
  program.write('\u0003')
  expect((await program.exited).exitCode).toBe(0)
  await program.drawn()
  expect(program.inAlternateScreen()).toBe(false)
})

/** `alternate`: whether the alternate screen was ever switched to. */
async function onTerminal(args: readonly string[]) {
  const program = startProgram(process.execPath, [launcher, ...args], {
    columns: 400,
    env: { KUBECONFIG: join(folder, 'unused') },
  })
  const { exitCode } = await program.exited
  await program.drawn()
  return { exitCode, lines: program.lines(), alternate: program.written().includes('[?1049h') }
}

test('a file that may not be read', async (context) => {
  if (userInfo().uid === 0) context.skip('root may read every file')
  const path = await file(good)
  await chmod(path, 0)
  const run = await runProgram(['--kubeconfig', path, 'get', 'pods'])
  const trouble = {
    name: '',
    args: async () => [],
    says: /cannot read \S+: permission denied$/,
    fix: /ls -l/,
  }
  expectOneError(trouble, run)
})
