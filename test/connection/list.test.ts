// Lists over the wire: pages, encodings, a continue token that expires, and answers that are no lists.
import { PbfWriter } from 'pbf'
import { describe, expect, test } from 'vitest'
import type { Decoder } from '#cluster/cluster.ts'
import {
  asIs,
  collect,
  connectTo,
  failureOf,
  forever,
  kustomizations,
  pods,
  sendJson,
  sendStatus,
  serve,
} from './bed.ts'

const pod = (name: string, more = {}) => ({ metadata: { name, namespace: 'shop', uid: name, ...more } })
const names: Decoder<string> = { json: (object) => object.metadata.name }
const podList = (items: unknown[], metadata: object) => ({
  kind: 'PodList',
  apiVersion: 'v1',
  metadata,
  items,
})

describe('pages', () => {
  test('a small first page, then larger ones, until there is no token; selectors go along', async () => {
    const asked: string[] = []
    const bed = await serve((request, response) => {
      const url = new URL(request.url ?? '', 'http://x')
      asked.push(`${url.pathname} ${url.searchParams}`)
      const token = url.searchParams.get('continue')
      if (token === null)
        sendJson(
          response,
          podList([pod('a')], { resourceVersion: '7', continue: 't1', remainingItemCount: 2 }),
        )
      else if (token === 't1')
        sendJson(
          response,
          podList([pod('b')], { resourceVersion: '7', continue: 't2', remainingItemCount: 1 }),
        )
      else sendJson(response, podList([pod('c')], { resourceVersion: '7' }))
    })
    const cluster = await connectTo({ server: bed.url })
    const query = { resource: pods, namespace: 'shop', labelSelector: 'app in (a,b)' }
    expect(await collect(cluster.list(query, names, forever()))).toEqual([
      { items: ['a'], resourceVersion: '7', remaining: 2 },
      { items: ['b'], resourceVersion: '7', remaining: 1 },
      { items: ['c'], resourceVersion: '7' },
    ])
    const path = '/api/v1/namespaces/shop/pods'
    expect(asked).toEqual([
      `${path} limit=50&labelSelector=app+in+%28a%2Cb%29`,
      `${path} limit=250&continue=t1&labelSelector=app+in+%28a%2Cb%29`,
      `${path} limit=250&continue=t2&labelSelector=app+in+%28a%2Cb%29`,
    ])
  })

  test('the second page is asked for before the first is decoded', async () => {
    const order: string[] = []
    const secondAsked = Promise.withResolvers<void>()
    const bed = await serve((request, response) => {
      if (!request.url?.includes('continue')) {
        const many = Array.from({ length: 500 }, (_, index) => pod(`p${index}`))
        return sendJson(response, podList(many, { resourceVersion: '1', continue: 't' }))
      }
      order.push('asked')
      secondAsked.resolve()
      sendJson(response, podList([], { resourceVersion: '1' }))
    })
    const cluster = await connectTo({ server: bed.url })
    const pages = cluster.list({ resource: pods }, names, forever())
    const first = await pages.next()
    expect(first.value?.items).toHaveLength(500)
    // Nobody has asked for the second page of the generator yet.
    await secondAsked.promise
    expect(order).toEqual(['asked'])
    await pages.return(undefined)
  })

  test('a token that expired starts again and says so', async () => {
    let lists = 0
    const bed = await serve((request, response) => {
      if (!request.url?.includes('continue')) {
        lists += 1
        return sendJson(
          response,
          podList([pod(`first-${lists}`)], {
            resourceVersion: `${lists}`,
            ...(lists < 3 && { continue: 't' }),
          }),
        )
      }
      sendStatus(response, 410, 'The provided continue parameter is too old')
    })
    const cluster = await connectTo({ server: bed.url })
    expect(await collect(cluster.list({ resource: pods }, names, forever()))).toEqual([
      { items: ['first-1'], resourceVersion: '1' },
      { items: ['first-2'], resourceVersion: '2', restarted: true },
      { items: ['first-3'], resourceVersion: '3', restarted: true },
    ])
  })

  test('a list that expires for ever ends as expired', async () => {
    const bed = await serve((request, response) => {
      if (request.url?.includes('continue')) return sendStatus(response, 410, 'too old')
      sendJson(response, podList([], { resourceVersion: '1', continue: 't' }))
    })
    const cluster = await connectTo({ server: bed.url })
    const failure = await failureOf(collect(cluster.list({ resource: pods }, names, forever())))
    expect(failure).toMatchObject({ reason: 'expired', status: 410 })
  })
})

describe('JSON', () => {
  test('items are told their kind; braces, quotes and umlauts inside strings are only text', async () => {
    const tricky = { annotations: { note: 'a "}],{" \\ \\" zürich 名前 🚢' } }
    const bed = await serve((_request, response) => {
      response.setHeader('content-type', 'application/json')
      response.end(
        JSON.stringify(podList([pod('a', tricky), pod('b')], { resourceVersion: '5' }), undefined, 2),
      )
    })
    const cluster = await connectTo({ server: bed.url })
    const [page] = await collect(cluster.list({ resource: pods }, asIs, forever()))
    expect(page?.items).toEqual([
      { apiVersion: 'v1', kind: 'Pod', ...pod('a', tricky) },
      { apiVersion: 'v1', kind: 'Pod', ...pod('b') },
    ])
  })

  test('metadata may come after the items, and items may be null', async () => {
    const bodies = [
      '{"items":[{"metadata":{"name":"a"}}],"kind":"PodList","metadata":{"resourceVersion":"9"}}',
      '{"items":null,"metadata":{"resourceVersion":"9"}}',
    ]
    const bed = await serve((_request, response) => response.end(bodies.shift()))
    const cluster = await connectTo({ server: bed.url })
    expect(await collect(cluster.list({ resource: pods }, names, forever()))).toEqual([
      { items: ['a'], resourceVersion: '9' },
    ])
    expect(await collect(cluster.list({ resource: pods }, names, forever()))).toEqual([
      { items: [], resourceVersion: '9' },
    ])
  })

  const garbage = [
    '<html>login</html>',
    '',
    '{"items":[{"metadata":',
    '{"items":[{} {}]}',
    '{"items":[{"a":1',
    '[1]',
  ]
  test.each(garbage)('%j is garbage', async (body) => {
    const bed = await serve((_request, response) => response.end(body))
    const cluster = await connectTo({ server: bed.url })
    const failure = await failureOf(collect(cluster.list({ resource: pods }, names, forever())))
    expect(failure).toMatchObject({ reason: 'garbage', detail: expect.stringContaining('GET /api/v1/pods') })
  })
})

describe('protobuf', () => {
  const both: Decoder<string> = {
    json: (object) => `json ${object.metadata.name}`,
    protobuf: (bytes) => `protobuf ${Buffer.from(bytes).toString('utf8')}`,
  }
  const type = 'application/vnd.kubernetes.protobuf'

  /** PodList in runtime.Unknown; items are opaque bytes here, since only the decoder looks inside. */
  function listMessage(
    items: readonly string[],
    meta: { version: string; token?: string; remaining?: number },
  ) {
    const list = new PbfWriter()
    list.writeMessage(
      1,
      (_, writer) => {
        writer.writeStringField(2, meta.version)
        if (meta.token) writer.writeStringField(3, meta.token)
        if (meta.remaining !== undefined) writer.writeVarintField(4, meta.remaining)
      },
      undefined,
    )
    for (const item of items) list.writeBytesField(2, Buffer.from(item))
    const unknown = new PbfWriter()
    unknown.writeMessage(1, (_, writer) => writer.writeStringField(2, 'PodList'), undefined)
    unknown.writeBytesField(2, list.finish())
    return Buffer.concat([Buffer.from('k8s\0'), unknown.finish()])
  }

  /** Status in runtime.Unknown; what is not asked after is there too, as the API server writes it. */
  function statusMessage(code: number, message: string, retryAfterSeconds?: number) {
    const status = new PbfWriter()
    status.writeMessage(1, () => undefined, undefined)
    status.writeStringField(2, 'Failure')
    status.writeStringField(3, message)
    status.writeStringField(4, 'Reason')
    status.writeMessage(
      5,
      (_, writer) => {
        writer.writeStringField(3, 'pods')
        if (retryAfterSeconds !== undefined) writer.writeVarintField(5, retryAfterSeconds)
      },
      undefined,
    )
    status.writeVarintField(6, code)
    const unknown = new PbfWriter()
    unknown.writeMessage(1, (_, writer) => writer.writeStringField(2, 'Status'), undefined)
    unknown.writeBytesField(2, status.finish())
    return Buffer.concat([Buffer.from('k8s\0'), unknown.finish()])
  }

  test.each([
    {
      code: 403,
      message:
        'pods is forbidden: User "ben" cannot list resource "pods" in API group "" at the cluster scope',
      failure: { reason: 'forbidden', status: 403, detail: 'pods forbidden for ben cluster-wide' },
    },
    {
      code: 429,
      message: 'too many requests',
      seconds: 60,
      failure: { reason: 'too-many', status: 429, detail: 'too many requests', retryAfter: 60_000 },
    },
  ])('a refusal is read too: $code', async ({ code, message, seconds, failure }) => {
    const bed = await serve((_request, response) => {
      response.writeHead(code, { 'content-type': type })
      response.end(statusMessage(code, message, seconds))
    })
    const cluster = await connectTo({ server: bed.url })
    expect(await failureOf(collect(cluster.list({ resource: pods }, both, forever())))).toMatchObject(failure)
  })

  test('a refusal that is broken is told by its status', async () => {
    const bed = await serve((_request, response) => {
      response.writeHead(403, { 'content-type': type })
      response.end(Buffer.from('k8s\0\x12\x7f'))
    })
    const cluster = await connectTo({ server: bed.url })
    expect(await failureOf(collect(cluster.list({ resource: pods }, both, forever())))).toMatchObject({
      reason: 'forbidden',
      detail: expect.stringContaining('GET /api/v1/pods answered 403'),
    })
  })

  test('asked for where the decoder has it; each item goes to it as its own bytes', async () => {
    let accept: string | undefined
    const bed = await serve((request, response) => {
      accept = request.headers.accept
      response.setHeader('content-type', type)
      const more = request.url?.includes('continue')
      response.end(
        more
          ? listMessage(['c'], { version: '7' })
          : listMessage(['a', 'b'], { version: '7', token: 't', remaining: 300 }),
      )
    })
    const cluster = await connectTo({ server: bed.url })
    expect(await collect(cluster.list({ resource: pods }, both, forever()))).toEqual([
      { items: ['protobuf a', 'protobuf b'], resourceVersion: '7', remaining: 300 },
      { items: ['protobuf c'], resourceVersion: '7' },
    ])
    expect(accept).toMatch(/^application\/vnd\.kubernetes\.protobuf,/)
  })

  test('a server that answers JSON is read as JSON', async () => {
    const bed = await serve((_request, response) =>
      sendJson(response, podList([pod('a')], { resourceVersion: '1' })),
    )
    const cluster = await connectTo({ server: bed.url })
    expect(await collect(cluster.list({ resource: kustomizations }, both, forever()))).toEqual([
      { items: ['json a'], resourceVersion: '1' },
    ])
  })

  test('406 asks again for JSON alone', async () => {
    const bed = await serve((request, response) => {
      if (request.headers.accept !== 'application/json') return sendStatus(response, 406, 'not acceptable')
      sendJson(response, podList([pod('a')], { resourceVersion: '1' }))
    })
    const cluster = await connectTo({ server: bed.url })
    expect(await collect(cluster.list({ resource: pods }, both, forever()))).toEqual([
      { items: ['json a'], resourceVersion: '1' },
    ])
  })

  test.each([
    ['no envelope', Buffer.from('hello')],
    ['a length beyond the end', Buffer.concat([Buffer.from('k8s\0'), Buffer.of(0x12, 0x7f, 0x01)])],
  ])('%s is garbage', async (_name, body) => {
    const bed = await serve((_request, response) => {
      response.setHeader('content-type', type)
      response.end(body)
    })
    const cluster = await connectTo({ server: bed.url })
    expect(await failureOf(collect(cluster.list({ resource: pods }, both, forever())))).toMatchObject({
      reason: 'garbage',
    })
  })
})

test('429 is asked once more after Retry-After; a second refusal is told with the wait', async () => {
  let asked = 0
  const bed = await serve((_request, response) => {
    asked += 1
    if (asked === 2) return sendJson(response, podList([pod('a')], { resourceVersion: '1' }))
    sendStatus(response, 429, 'too many requests', { 'retry-after': '0' })
  })
  const cluster = await connectTo({ server: bed.url })
  expect(await collect(cluster.list({ resource: pods }, names, forever()))).toHaveLength(1)
  const failure = await failureOf(collect(cluster.list({ resource: pods }, names, forever())))
  expect(failure).toMatchObject({ reason: 'too-many', status: 429, retryAfter: 0 })
  expect(asked).toBe(4)
})

test('decoding lets timers run in between', async () => {
  const many = Array.from({ length: 200 }, (_, index) => pod(`p${index}`))
  const bed = await serve((_request, response) => sendJson(response, podList(many, { resourceVersion: '1' })))
  const cluster = await connectTo({ server: bed.url })
  let decoding = false
  let between = 0
  let counting: NodeJS.Immediate | undefined
  const count = () => {
    between += 1
    if (decoding) counting = setImmediate(count)
  }
  const decoder: Decoder<string> = {
    json(object) {
      if (!decoding) {
        decoding = true
        counting = setImmediate(count)
      }
      return object.metadata.name
    },
  }
  await collect(cluster.list({ resource: pods }, decoder, forever()))
  decoding = false
  clearImmediate(counting)
  expect(between).toBeGreaterThan(10)
})
