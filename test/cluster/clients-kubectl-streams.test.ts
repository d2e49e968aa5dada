// kubectl against the homelab of the built program: logs, exec, port-forward, usage.
import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Ended, type Homelab, startHomelab, tableOf } from './clients/client.ts'

const present = spawnSync('kubectl', ['version', '--client']).status === 0

describe.skipIf(!present)(`kubectl${present ? '' : ' (skipped: it is not on PATH)'}`, () => {
  let homelab: Homelab
  let kubectl: Client
  let pod = ''
  beforeAll(async () => {
    homelab = await startHomelab()
    kubectl = homelab.client('kubectl')
    const selector = ['-n', 'shop', '-l', 'app.kubernetes.io/name=cart']
    pod = (await well(['get', 'pods', ...selector, '-o', 'name'])).out.split('\n')[0] ?? ''
  })
  afterAll(() => homelab?.stop())

  async function well(args: readonly string[], input?: string): Promise<Ended> {
    const ended = await kubectl.run(args, input)
    expect(ended.code, `kubectl ${args.join(' ')}: ${ended.out}${ended.err}`).toBe(0)
    return ended
  }

  describe('logs', () => {
    const line = String.raw`time=\S+ level=\w+ msg=".*?".*`

    it('gives the last lines', async () => {
      const { out } = await well(['logs', '-n', 'shop', pod, '--tail=3'])
      expect(out).toMatch(new RegExp(`^(${line}\\n){3}$`))
    })

    it('follows', async () => {
      await kubectl.follow(['logs', '-f', '-n', 'shop', pod, '--tail=1'], new RegExp(`(${line}\\n){3}`))
    })

    it('gives the time of each line, and no older one than asked', async () => {
      const from = Date.now() - 60_000
      const { out } = await well(['logs', '-n', 'shop', pod, '--since=60s', '--timestamps'])
      const times = out
        .trimEnd()
        .split('\n')
        .map((text) => Date.parse(text.split(' ')[0] ?? ''))
      expect(times.length).toBeGreaterThan(5)
      expect(Math.min(...times)).toBeGreaterThanOrEqual(from)
      expect(times).toEqual(times.toSorted((a, b) => a - b))
    })

    it('gives those of several pods, each named', async () => {
      const selector = ['-l', 'app.kubernetes.io/name=cart', '--prefix', '--tail=1']
      const { out } = await well(['logs', '-n', 'shop', ...selector])
      expect(out).toMatch(/^\[pod\/cart-\S+\/cart\] time=.*\n\[pod\/cart-\S+\/cart\] time=.*\n$/)
    })

    it('gives those of the container before, and says where there was none', async () => {
      const { out } = await well(['logs', '-n', 'media', 'jellyfin-0', '--previous', '--tail=1'])
      expect(out.trim()).not.toBe('')
      const none = await kubectl.run(['logs', '-n', 'shop', pod, '--previous'])
      expect(none.code).toBe(1)
      expect(none.err).toMatch(/previous terminated container "cart" in pod "cart-\S+" not found/)
    })
  })

  describe('exec', () => {
    it('gives what a command prints, and its exit code', async () => {
      const { out } = await well(['exec', '-n', 'shop', pod, '--', 'hostname'])
      expect(`pod/${out}`).toBe(`${pod}\n`)
      const failed = await kubectl.run(['exec', '-n', 'shop', pod, '--', 'sh', '-c', 'echo no >&2; exit 3'])
      expect(failed).toMatchObject({ code: 3, out: '' })
      expect(failed.err).toBe('no\ncommand terminated with exit code 3\n')
    })

    it('passes the input on', async () => {
      const { out } = await well(['exec', '-i', '-n', 'shop', pod, '--', 'cat'], 'one\ntwo\n')
      expect(out).toBe('one\ntwo\n')
    })

    it('says that there is no such program', async () => {
      const missing = await kubectl.run(['exec', '-n', 'shop', pod, '--', 'no-such-program'])
      expect(missing.code).toBe(1)
      expect(missing.err).toContain('exec: "no-such-program": executable file not found in $PATH')
    })
  })

  it('forwards a port of a Service', async () => {
    const args = ['port-forward', '-n', 'observability', 'service/prometheus-operated', ':9090']
    await kubectl.during(args, /Forwarding from 127\.0\.0\.1:(\d+) -> 9090/, async ([, port]) => {
      const answers = await Promise.all(
        ['count(up)', 'vector(1)'].map(async (query) => {
          const answer = await fetch(
            `http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(query)}`,
          )
          return (await answer.json()) as { status: string; data: { result: { value: [number, string] }[] } }
        }),
      )
      expect(answers.map(({ status }) => status)).toEqual(['success', 'success'])
      expect(Number(answers[0]?.data.result[0]?.value[1])).toBeGreaterThan(20)
      expect(answers[1]?.data.result[0]?.value[1]).toBe('1')
    })
  })

  it('reaches a Service through the API server', async () => {
    const proxy = '/api/v1/namespaces/observability/services/prometheus-operated:9090/proxy'
    const { out } = await well(['get', '--raw', `${proxy}/api/v1/query?query=vector(1)`])
    expect(JSON.parse(out)).toMatchObject({ status: 'success', data: { resultType: 'vector' } })
  })

  describe('top', () => {
    it('gives what nodes use', async () => {
      const rows = tableOf((await well(['top', 'nodes'])).out)
      const { out } = await well(['get', 'nodes', '-o', 'name'])
      expect(rows.map(({ NAME }) => `node/${NAME}`)).toEqual(out.trimEnd().split('\n'))
      for (const row of rows) {
        expect(row).toMatchObject({
          'CPU(cores)': expect.stringMatching(/^\d+m$/),
          'CPU(%)': expect.stringMatching(/^\d+%$/),
          'MEMORY(bytes)': expect.stringMatching(/^\d+Mi$/),
          'MEMORY(%)': expect.stringMatching(/^\d+%$/),
        })
      }
    })

    it('gives what the containers of pods use', async () => {
      const rows = tableOf((await well(['top', 'pods', '-n', 'shop', '--containers'])).out)
      expect(rows.filter(({ NAME }) => NAME === 'cart')).toHaveLength(2)
      expect(rows[0]).toMatchObject({ 'CPU(cores)': expect.stringMatching(/^\d+m$/) })
    })
  })
})
