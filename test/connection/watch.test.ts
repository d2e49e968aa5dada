// Watches over the wire: events, bookmarks, and every way in which one ends.
import { describe, expect, test } from 'vitest'
import type { WatchEnd, WatchEvent } from '#cluster/cluster.ts'
import { plainCredentials } from '#cluster/credentials.ts'
import { openTransport } from '#cluster/transport.ts'
import { watch } from '#cluster/watch.ts'
import { atEnd, connectTo, forever, pods, sendStatus, serve } from './bed.ts'

const names = { json: (object: { metadata: { name: string } }) => object.metadata.name }
const query = { resource: pods, namespace: 'shop', resourceVersion: '5' }
const event = (type: string, name: string, resourceVersion: string) =>
  `${JSON.stringify({ type, object: { kind: 'Pod', metadata: { name, resourceVersion } } })}\n`

async function drain<T>(events: AsyncGenerator<WatchEvent<T>, WatchEnd>) {
  const seen: WatchEvent<T>[] = []
  for (;;) {
    const next = await events.next()
    if (next.done) return { seen, end: next.value }
    seen.push(next.value)
  }
}

test('events and bookmarks, then closed', async () => {
  let url = ''
  const bed = await serve((request, response) => {
    url = request.url ?? ''
    response.write(event('ADDED', 'a', '6') + event('MODIFIED', 'a', '7'))
    response.write(event('DELETED', 'a', '8') + event('BOOKMARK', '', '9'))
    response.end()
  })
  const cluster = await connectTo({ server: bed.url })
  expect(await drain(cluster.watch(query, names, forever()))).toEqual({
    seen: [
      { type: 'added', item: 'a', resourceVersion: '6' },
      { type: 'modified', item: 'a', resourceVersion: '7' },
      { type: 'deleted', item: 'a', resourceVersion: '8' },
      { type: 'bookmark', resourceVersion: '9' },
    ],
    end: { reason: 'closed' },
  })
  const { pathname, searchParams } = new URL(url, 'http://x')
  expect(pathname).toBe('/api/v1/namespaces/shop/pods')
  expect(Object.fromEntries(searchParams)).toMatchObject({
    watch: '1',
    allowWatchBookmarks: 'true',
    resourceVersion: '5',
  })
  expect(Number(searchParams.get('timeoutSeconds'))).toBeGreaterThanOrEqual(300)
  expect(Number(searchParams.get('timeoutSeconds'))).toBeLessThan(600)
})

test('chunks may be cut anywhere, in the middle of a character too', async () => {
  const bytes = Buffer.from(event('ADDED', 'zürich-名前-🚢', '6') + event('ADDED', 'ö', '7'))
  const bed = await serve((_request, response) => {
    let at = 0
    const next = () => {
      if (at === bytes.length) return response.end()
      response.write(bytes.subarray(at, at + 1), () => setImmediate(next))
      at += 1
    }
    next()
  })
  const cluster = await connectTo({ server: bed.url })
  const { seen } = await drain(cluster.watch(query, names, forever()))
  expect(seen.map((one) => one.type === 'added' && one.item)).toEqual(['zürich-名前-🚢', 'ö'])
})

describe('how it ends', () => {
  test('an ERROR event with 410: expired', async () => {
    const bed = await serve((_request, response) => {
      const object = { kind: 'Status', code: 410, message: 'too old resource version: 5 (99)' }
      response.end(event('ADDED', 'a', '6') + JSON.stringify({ type: 'ERROR', object }))
    })
    const cluster = await connectTo({ server: bed.url })
    const { seen, end } = await drain(cluster.watch(query, names, forever()))
    expect(seen).toHaveLength(1)
    expect(end).toMatchObject({
      reason: 'expired',
      error: { reason: 'expired', detail: 'too old resource version: 5 (99)' },
    })
  })

  test('410 at the start: expired', async () => {
    const bed = await serve((_request, response) => sendStatus(response, 410, 'too old'))
    const cluster = await connectTo({ server: bed.url })
    expect((await drain(cluster.watch(query, names, forever()))).end.reason).toBe('expired')
  })

  test.each([
    [403, 'forbidden'],
    [429, 'too-many'],
    [500, 'server-error'],
  ])('%i at the start: failed', async (code, reason) => {
    const bed = await serve((_request, response) => sendStatus(response, code, 'no'))
    const cluster = await connectTo({ server: bed.url })
    expect((await drain(cluster.watch(query, names, forever()))).end).toMatchObject({
      reason: 'failed',
      error: { reason },
    })
  })

  test('cut in the middle of an event: failed, and the whole events before it count', async () => {
    const bed = await serve((_request, response) => {
      response.write(event('ADDED', 'a', '6') + event('ADDED', 'b', '7').slice(0, 20), () =>
        response.socket?.destroy(),
      )
    })
    const cluster = await connectTo({ server: bed.url })
    const { seen, end } = await drain(cluster.watch(query, names, forever()))
    expect(seen).toHaveLength(1)
    expect(end).toMatchObject({ reason: 'failed', error: { reason: 'unreachable' } })
  })

  test.each([
    'not json\n',
    '{"type":"ADDED"}\n',
    '{"type":"WHAT","object":{"metadata":{"resourceVersion":"1"}}}\n',
  ])('%j: failed as garbage', async (line) => {
    const bed = await serve((_request, response) => response.end(line))
    const cluster = await connectTo({ server: bed.url })
    expect((await drain(cluster.watch(query, names, forever()))).end).toMatchObject({
      reason: 'failed',
      error: { reason: 'garbage' },
    })
  })

  test('aborted while it waits, and its connection is given up', async () => {
    const gone = Promise.withResolvers<void>()
    const bed = await serve((request, response) => {
      request.on('close', () => gone.resolve())
      response.write(event('ADDED', 'a', '6'))
    })
    const cluster = await connectTo({ server: bed.url })
    const abort = new AbortController()
    const events = cluster.watch(query, names, abort.signal)
    await events.next()
    const next = events.next()
    abort.abort()
    expect(await next).toEqual({ done: true, value: { reason: 'aborted' } })
    await gone.promise
  })

  test('refused: failed', async () => {
    const bed = await serve(() => undefined)
    const cluster = await connectTo({ server: bed.url })
    await new Promise((resolve) => bed.server.close(resolve))
    expect((await drain(cluster.watch(query, names, forever()))).end).toMatchObject({
      reason: 'failed',
      error: { reason: 'unreachable' },
    })
  })

  test('a connection that says nothing for too long is given up', async () => {
    const bed = await serve((_request, response) => response.write(event('ADDED', 'a', '6')))
    const entry = { name: 'lab', fields: {}, folder: '/' }
    const target = { context: 'lab', namespace: 'default', server: bed.url, cluster: entry }
    const transport = openTransport(target, await plainCredentials(target), 1000)
    atEnd(() => transport.close())
    const { seen, end } = await drain(watch(transport, query, names, forever(), 50))
    expect(seen).toHaveLength(1)
    expect(end).toEqual({ reason: 'closed' })
  })
})
