// kubectl itself against the homelab, where it is on PATH.
import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { playingClock } from '#homelab/clock.ts'
import { type Bed, makeBed } from './client.ts'
import { fixtureWorld, PODS, pod, START } from './world.ts'

const present = spawnSync('kubectl', ['version', '--client']).status === 0

describe.skipIf(!present)(`kubectl${present ? '' : ' (skipped: it is not on PATH)'}`, () => {
  const world = fixtureWorld({ clock: playingClock(START, 1) })
  let bed: Bed
  let folder: string
  let base: string[]

  beforeAll(async () => {
    const upstream = {
      namespace: 'observability',
      service: 'prometheus-operated',
      port: 9090,
      answer: async ({ path }: { path: string }) => ({ status: 200, headers: {}, body: `at ${path}` }),
    }
    bed = await makeBed({ world, upstreams: [upstream] })
    folder = await mkdtemp(join(tmpdir(), 'obsdeck-kubectl-'))
    await writeFile(join(folder, 'config'), bed.homelab.kubeconfig, { mode: 0o600 })
    base = ['--kubeconfig', join(folder, 'config'), '--cache-dir', join(folder, 'cache')]
  })
  afterAll(async () => {
    await bed.close()
    await rm(folder, { recursive: true, force: true })
  })

  function kubectl(args: string[], input = ''): Promise<{ code: number; stdout: string; stderr: string }> {
    return new Promise((resolve) => {
      const child = execFile('kubectl', [...base, ...args], { timeout: 20_000 }, (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, stdout, stderr })
      })
      child.stdin?.end(input)
    })
  }
  const rows = (text: string) =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/\s{2,}/))

  /** Starts a kubectl that stays, until what it prints matches; the caller ends it. */
  async function staying(
    args: string[],
    pattern: RegExp,
  ): Promise<{ child: ChildProcess; match: RegExpExecArray }> {
    const child = spawn('kubectl', [...base, ...args])
    let text = ''
    return await new Promise((resolve, reject) => {
      const look = (data: Buffer) => {
        text += String(data)
        const match = pattern.exec(text)
        if (match) resolve({ child, match })
      }
      child.stdout.on('data', look)
      child.stderr.on('data', look)
      child.on('close', () => reject(new Error(`kubectl ended: ${text}`)))
    })
  }
  async function end(child: ChildProcess): Promise<void> {
    const closed = once(child, 'close')
    child.kill()
    await closed
  }

  it('gets pods of all namespaces', async () => {
    const { stdout } = await kubectl(['get', 'pods', '-A'])
    expect(rows(stdout)).toEqual([
      ['NAMESPACE', 'NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE'],
      ['observability', 'prometheus-0', '1/1', 'Running', '2 (20m ago)', '120m'],
      ['shop', 'cart-7d4b9-aaaaa', '1/1', 'Running', '2 (20m ago)', '120m'],
      ['shop', 'cart-7d4b9-bbbbb', '1/1', 'Running', '2 (20m ago)', '120m'],
      ['shop', 'import-x1', '0/2', 'ContainerCreating', '0', expect.stringMatching(/^6\ds$/)],
    ])
  })

  it('gets a custom resource by its short name', async () => {
    const { stdout } = await kubectl(['get', 'ks', '-A'])
    expect(rows(stdout)[1]).toEqual(['default', 'apps', '6h', 'True'])
  })

  it('describes a node, and shows who uses how much', async () => {
    expect((await kubectl(['describe', 'node', 'ash'])).stdout).toMatch(/Kubelet Version:\s+v1\.36\.3/)
    const { stdout } = await kubectl(['top', 'nodes'])
    expect(rows(stdout)).toContainEqual(['birch', '750m', '18%', '1088Mi', '13%'])
  })

  it('applies, applies again, and deletes', async () => {
    const manifest = (value: string) =>
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'k', namespace: 'shop' },
        data: { a: value },
      })
    expect((await kubectl(['apply', '-f', '-'], manifest('1'))).stdout).toBe('configmap/k created\n')
    expect((await kubectl(['apply', '-f', '-'], manifest('1'))).stdout).toBe('configmap/k unchanged\n')
    expect((await kubectl(['apply', '-f', '-'], manifest('2'))).stdout).toBe('configmap/k configured\n')
    const refused = await kubectl(['apply', '--server-side', '--field-manager=two', '-f', '-'], manifest('3'))
    expect(refused.stderr).toContain(
      'Apply failed with 1 conflict: conflict with "kubectl-client-side-apply"',
    )
    expect((await kubectl(['delete', 'configmap', 'k', '-n', 'shop'])).stdout).toContain('deleted')
  })

  it('runs a command and passes its code on', async () => {
    const { code, stdout } = await kubectl([
      'exec',
      '-n',
      'shop',
      'cart-7d4b9-aaaaa',
      '--',
      'sh',
      '-c',
      'hostname; exit 4',
    ])
    expect({ code, stdout }).toEqual({ code: 4, stdout: 'cart-7d4b9-aaaaa\n' })
    const piped = await kubectl(['exec', '-i', '-n', 'shop', 'cart-7d4b9-aaaaa', '--', 'sh'], 'echo hi\n')
    expect(piped).toMatchObject({ code: 0, stdout: 'hi\n' })
  })

  it('asks what it may', async () => {
    expect((await kubectl(['auth', 'can-i', 'list', 'nodes', '--context', 'no-nodes'])).stdout).toBe('no\n')
    expect((await kubectl(['auth', 'can-i', 'list', 'pods', '--context', 'no-nodes'])).stdout).toBe('yes\n')
  })

  it('waits until a condition comes', async () => {
    const ready = pod('shop', 'late', 'ash', { labels: {} })
    world.store.put(PODS, { ...ready, status: { phase: 'Pending' } })
    const waiting = kubectl(['wait', '--for=condition=Ready', 'pod/late', '-n', 'shop', '--timeout=15s'])
    world.store.put(PODS, ready)
    expect((await waiting).stdout).toContain('condition met')
  })

  it('follows a log', async () => {
    const { child } = await staying(
      ['logs', '-f', '--tail=1', '-n', 'shop', 'cart-7d4b9-aaaaa'],
      /(line \d+\n.*){2}/s,
    )
    await end(child)
  })

  it('forwards a port, one connection after the other', async () => {
    const args = [
      'port-forward',
      '-n',
      'observability',
      'pod/prometheus-0',
      ':9090',
      '--address',
      '127.0.0.1',
    ]
    const { child, match } = await staying(args, /127\.0\.0\.1:(\d+) -> 9090/)
    try {
      for (const path of ['/one', '/two']) {
        const answer = await fetch(`http://127.0.0.1:${match[1]}${path}`, {
          headers: { connection: 'close' },
        })
        expect(await answer.text()).toBe(`at ${path}`)
      }
    } finally {
      await end(child)
    }
  })
})
