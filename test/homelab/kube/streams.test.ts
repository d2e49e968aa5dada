// What streams: watches, followed logs, exec, port-forward.

import { get } from 'node:http'
import { createServer, type Socket } from 'node:net'
import { PassThrough } from 'node:stream'
import { Exec, KubeConfig, PortForward } from '@kubernetes/client-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { playingClock } from '#homelab/clock.ts'
import type { Upstream } from '#homelab/upstream.ts'
import { type Bed, type Body, lines, makeBed } from './client.ts'
import { EVENTS, fixtureWorld, PODS, pod, START } from './world.ts'

const prometheus: Upstream = {
  namespace: 'observability',
  service: 'prometheus-operated',
  port: 9090,
  answer: async ({ path, params }) => ({
    status: 200,
    headers: { 'content-type': 'text/plain' },
    body: `${path}?${params}`,
  }),
}

const world = fixtureWorld({ clock: playingClock(START, 1) })
let bed: Bed
beforeAll(async () => {
  bed = await makeBed({ world, upstreams: [prometheus], bookmarkEvery: 20 })
})
afterAll(() => bed.close())

/** Reads events until one passes. */
async function until(events: AsyncGenerator<Body>, test: (event: Body) => boolean): Promise<Body[]> {
  const seen: Body[] = []
  for (;;) {
    const next = await events.next()
    if (next.done) throw new Error(`the watch ended after ${JSON.stringify(seen)}`)
    seen.push(next.value)
    if (test(next.value)) return seen
  }
}

async function watch(query: string, path = '/api/v1/pods'): Promise<AsyncGenerator<Body>> {
  const answer = await bed.as().fetch(`${path}?watch=true&${query}`)
  expect(answer.status).toBe(200)
  return lines(answer.body)
}

const brief = (events: Body[]) => events.map(({ type, object }) => `${type} ${object?.metadata?.name}`)

describe('watches', () => {
  it('give what changed since a version, and what changes now', async () => {
    const since = world.store.revision
    world.store.put(PODS, pod('shop', 'one', 'ash', { labels: { app: 'x' } }))
    const events = await watch(`resourceVersion=${since}`)
    expect(brief(await until(events, () => true))).toEqual(['ADDED one'])
    world.store.put(PODS, pod('shop', 'one', 'birch', { labels: { app: 'x' } }))
    world.store.remove(PODS, 'shop', 'one')
    const rest = await until(events, ({ type }) => type === 'DELETED')
    expect(brief(rest)).toEqual(['MODIFIED one', 'DELETED one'])
    expect(rest.at(-1)?.object?.metadata?.resourceVersion).toBe(String(world.store.revision))
    await events.return(undefined)
  })

  it('begin with all there is where no version is named', async () => {
    const events = await watch('labelSelector=app%3Dcart')
    const seen = await until(events, ({ object }) => object?.metadata?.name === 'cart-7d4b9-bbbbb')
    expect(brief(seen)).toEqual(['ADDED cart-7d4b9-aaaaa', 'ADDED cart-7d4b9-bbbbb'])
    await events.return(undefined)
  })

  it('show an object that enters a selector as added and one that leaves as deleted', async () => {
    const events = await watch(`labelSelector=app%3Dx&resourceVersion=${world.store.revision}`)
    world.store.put(PODS, pod('shop', 'one', 'ash', { labels: { app: 'y' } }))
    world.store.put(PODS, pod('shop', 'one', 'ash', { labels: { app: 'x' } }))
    world.store.put(PODS, pod('shop', 'one', 'ash', { labels: { app: 'y' } }))
    const seen = await until(events, ({ type }) => type === 'DELETED')
    expect(brief(seen)).toEqual(['ADDED one', 'DELETED one'])
    expect(seen.at(-1)?.object?.metadata).toMatchObject({
      labels: { app: 'x' },
      resourceVersion: String(world.store.revision),
    })
    world.store.remove(PODS, 'shop', 'one')
    await events.return(undefined)
  })

  it('send bookmarks where they are wanted', async () => {
    const events = await watch(`allowWatchBookmarks=true&resourceVersion=${world.store.revision}`)
    const [mark] = await until(events, () => true)
    expect(mark).toMatchObject({
      type: 'BOOKMARK',
      object: { kind: 'Pod', metadata: { resourceVersion: String(world.store.revision) } },
    })
    await events.return(undefined)
  })

  it('mark the end of the initial events', async () => {
    const query =
      'sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&labelSelector=app%3Dimport'
    const events = await watch(query)
    const seen = await until(events, ({ type }) => type === 'BOOKMARK')
    expect(seen[0]?.type).toBe('ADDED')
    expect(seen.at(-1)?.object?.metadata?.annotations).toEqual({ 'k8s.io/initial-events-end': 'true' })
    await events.return(undefined)
  })

  it('end after their time', async () => {
    const events = await watch(`timeoutSeconds=1&resourceVersion=${world.store.revision}`)
    expect(await events.next()).toMatchObject({ done: true })
  })

  it('say that a version is too old', async () => {
    world.store.put(EVENTS, {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'x', namespace: 'shop' },
    })
    const old = world.store.revision - 1
    world.store.compact()
    const events = await watch(`resourceVersion=${old}`)
    const [event] = await until(events, () => true)
    expect(event).toMatchObject({ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } })
    expect(await events.next()).toMatchObject({ done: true })
  })

  it('speak in tables too', async () => {
    const answer = await bed.as().fetch('/api/v1/pods?watch=true&labelSelector=app%3Dcart', {
      headers: { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' },
    })
    const events = lines(answer.body)
    const seen = await until(events, ({ object }) => JSON.stringify(object).includes('bbbbb'))
    expect(seen.map(({ object }) => (object?.columnDefinitions as unknown[] | undefined)?.length)).toEqual([
      9, 0,
    ])
    await events.return(undefined)
  })
})

describe('logs', () => {
  const LOG = '/api/v1/namespaces/shop/pods/cart-7d4b9-aaaaa/log'
  const log = async (query: string) => {
    const answer = await bed.as().fetch(`${LOG}?${query}`)
    expect(answer.status).toBe(200)
    return (await answer.text()).split('\n').slice(0, -1)
  }

  it('give the last lines', async () => {
    const all = await log('')
    expect(all[0]).toBe('cart-7d4b9-aaaaa line -60')
    const last = await log('tailLines=2')
    const numbers = last.map((line) => Number(line.split(' ').at(-1)))
    expect(numbers).toEqual([numbers[0], (numbers[0] ?? 0) + 1])
    expect(numbers[0]).toBeGreaterThanOrEqual(all.length - 62)
  })

  it('begin where they are told to', async () => {
    const time = new Date(START - 5000).toISOString()
    expect((await log(`sinceTime=${time}`))[0]).toBe('cart-7d4b9-aaaaa line -5')
    expect((await log('sinceSeconds=3')).length).toBeLessThan(5)
  })

  it('carry times, and end after so many bytes', async () => {
    const [first] = await log(`timestamps=true&sinceTime=${new Date(START - 5000).toISOString()}`)
    expect(first).toBe('2026-11-22T19:59:55.000000000Z cart-7d4b9-aaaaa line -5')
    const answer = await bed.as().fetch(`${LOG}?limitBytes=10`)
    expect(await answer.text()).toBe('cart-7d4b9')
  })

  it('give the log of the run before', async () => {
    const previous = await log('previous=true')
    expect(previous.at(-1)).toBe('cart-7d4b9-aaaaa line -51')
  })

  it('follow what is written, until the client goes', async () => {
    const leave = new AbortController()
    const answer = await bed.as().fetch(`${LOG}?follow=true&tailLines=1`, { signal: leave.signal })
    const seen: number[] = []
    try {
      for await (const chunk of answer.body ?? []) {
        for (const match of Buffer.from(chunk)
          .toString()
          .matchAll(/line (-?\d+)/g))
          seen.push(Number(match[1]))
        if (seen.length > 2) leave.abort()
      }
    } catch (error) {
      expect(leave.signal.aborted, String(error)).toBe(true)
    }
    const first = seen[0] ?? 0
    expect(seen).toEqual(seen.map((_line, index) => first + index))
  })

  it.each([
    [
      'shop/pods/import-x1/log?container=main',
      'container "main" in pod "import-x1" is waiting to start: ContainerCreating',
    ],
    [
      'shop/pods/import-x1/log',
      'a container name must be specified for pod import-x1, choose one of: [main side]',
    ],
    ['shop/pods/import-x1/log?container=zip', 'container zip is not valid for pod import-x1'],
    [
      'shop/pods/import-x1/log?container=main&previous=true',
      'previous terminated container "main" in pod "import-x1" not found',
    ],
  ])('answer %s with 400', async (path, message) => {
    const { status, body } = await bed.as().json(`/api/v1/namespaces/${path}`)
    expect(status).toBe(400)
    expect(body).toMatchObject({ reason: 'BadRequest', message })
  })
})

function kubeConfig(): KubeConfig {
  const config = new KubeConfig()
  config.loadFromString(bed.homelab.kubeconfig)
  return config
}

describe('exec', () => {
  async function exec(command: string[], podName = 'cart-7d4b9-aaaaa') {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()]
    const written = { stdout: '', stderr: '' }
    stdout.on('data', (data) => {
      written.stdout += String(data)
    })
    stderr.on('data', (data) => {
      written.stderr += String(data)
    })
    const status = await new Promise<object>((resolve, reject) => {
      new Exec(kubeConfig())
        .exec('shop', podName, 'main', command, stdout, stderr, null, false, resolve)
        .catch(reject)
    })
    return { ...written, status }
  }

  it.each([
    [['hostname'], 'cart-7d4b9-aaaaa\n'],
    [['echo', 'a', 'b'], 'a b\n'],
    [['sh', '-c', 'echo "I am $HOSTNAME"; exit 0'], 'I am cart-7d4b9-aaaaa\n'],
  ])('runs %o', async (command, stdout) => {
    const outcome = await exec(command)
    expect(outcome).toMatchObject({ stdout, stderr: '', status: { status: 'Success' } })
  })

  it.each([[['sh']], [['sh', '-c', 'command -v bash >/dev/null && exec bash || exec sh']]])(
    'opens a shell for %o, in which a line can be mended',
    async (command) => {
      const typed = new PassThrough()
      const screen = new PassThrough()
      let shown = ''
      screen.on('data', (data) => {
        shown += String(data)
      })
      const ended = new Promise<object>((resolve, reject) => {
        new Exec(kubeConfig())
          .exec('shop', 'cart-7d4b9-aaaaa', 'main', command, screen, null, typed, true, resolve)
          .catch(reject)
      })
      await expect.poll(() => shown).toBe('# ')
      typed.write('hostnamee\u007f\r')
      await expect.poll(() => shown).toContain('\r\ncart-7d4b9-aaaaa\r\n# ')
      typed.write('nonsense\u0003')
      await expect.poll(() => shown).toContain('nonsense^C\r\n# ')
      typed.write('exit\r')
      expect(await ended).toMatchObject({ status: 'Success' })
    },
  )

  it('says with which code a command failed', async () => {
    const outcome = await exec(['sh', '-c', 'echo oh >&2; exit 3'])
    expect(outcome).toMatchObject({
      stderr: 'oh\n',
      status: {
        status: 'Failure',
        reason: 'NonZeroExitCode',
        details: { causes: [{ reason: 'ExitCode', message: '3' }] },
      },
    })
  })

  it('fails as it is asked to', async () => {
    bed.homelab.faults.statuses = [{ path: /\/exec/, code: 403 }]
    try {
      await expect(exec(['date'])).rejects.toMatchObject({ message: expect.stringContaining('403') })
    } finally {
      bed.homelab.faults.statuses = []
    }
  })

  it('refuses a pod that does not run', async () => {
    await expect(exec(['date'], 'import-x1')).rejects.toMatchObject({
      message: expect.stringContaining('400'),
    })
  })
})

describe('port-forward', () => {
  it('speaks HTTP with what stands behind the pod’s port', async () => {
    const forward = new PortForward(kubeConfig())
    const sockets = new Set<Socket>()
    const server = createServer((socket) => {
      sockets.add(socket)
      void forward.portForward('observability', 'prometheus-0', [9090], socket, null, socket)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    try {
      const address = server.address()
      if (address === null || typeof address === 'string') throw new Error('no port')
      const body = await new Promise<string>((resolve, reject) => {
        get(
          { port: address.port, host: '127.0.0.1', path: '/api/v1/query?query=up', agent: false },
          (answer) => {
            let text = ''
            answer.on('data', (data) => {
              text += String(data)
            })
            answer.on('end', () => resolve(text))
          },
        ).on('error', reject)
      })
      expect(body).toBe('/api/v1/query?query=up')
    } finally {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    }
  })
})
