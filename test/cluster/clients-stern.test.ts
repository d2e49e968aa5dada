// stern against the homelab of the built program.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Homelab, startHomelab } from './clients/client.ts'
import { findProgram } from './programs/find.ts'

const program = findProgram('stern')
const once = ['--no-follow', '--color', 'never'] as const

interface Line {
  readonly message: string
  readonly namespace: string
  readonly podName: string
  readonly containerName: string
}

describe.skipIf(!program)(`stern${program ? '' : ' (skipped: it is not installed)'}`, () => {
  let homelab: Homelab
  let stern: Client
  beforeAll(async () => {
    homelab = await startHomelab()
    stern = homelab.client(program ?? 'stern')
  })
  afterAll(() => homelab?.stop())

  async function lines(...args: readonly string[]): Promise<readonly Line[]> {
    const { code, out, err } = await stern.run([...args, ...once, '-o', 'json'])
    expect(code, err).toBe(0)
    return out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Line)
  }

  it('reads the logs of the pods whose name matches', async () => {
    const read = await lines('-n', 'shop', '^cart', '--tail', '2')
    const pods = new Set(read.map(({ podName }) => podName))
    expect(pods.size).toBe(2)
    expect(read).toHaveLength(4)
    for (const line of read) {
      expect(line).toMatchObject({
        namespace: 'shop',
        containerName: 'cart',
        podName: expect.stringMatching(/^cart-/),
        message: expect.stringContaining('level='),
      })
    }
  })

  it('reads the pods of a Deployment, and not those whose name begins like it', async () => {
    const read = await lines('-n', 'shop', 'deploy/cart', '--tail', '1')
    expect(new Set(read.map(({ containerName }) => containerName))).toEqual(new Set(['cart']))
  })

  it('reads all namespaces by a selector', async () => {
    const read = await lines('-A', '-l', 'app.kubernetes.io/name=grafana-operator', '--tail', '1')
    expect(new Set(read.map(({ namespace }) => namespace))).toEqual(new Set(['observability']))
  })

  it('keeps to a span of time and to what is included', async () => {
    const read = await lines('-n', 'shop', '^cart', '--since', '10m', '--include', 'AddItem')
    expect(read.length).toBeGreaterThan(10)
    for (const { message } of read) expect(message).toContain('AddItem')
  })

  it('follows, with each pod named as it comes', async () => {
    const line = String.raw`cart-\w+-\w+ cart time=\S+ level=`
    const match = await stern.follow(
      ['-n', 'shop', '^cart', '--tail', '1', '--color', 'never'],
      // One for each of the two pods is the tail; what comes after it is new.
      new RegExp(`(?:${line}[\\s\\S]*?){3}`),
    )
    expect(match[0]).toMatch(new RegExp(line))
  })
})
