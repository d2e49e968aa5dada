// The forms of an answer: tables, metadata alone, protobuf, and what is refused.
import { PbfReader } from 'pbf'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bed, makeBed } from './client.ts'
import { fixtureWorld } from './world.ts'

const world = fixtureWorld()
let bed: Bed
beforeAll(async () => {
  bed = await makeBed({ world, upstreams: [] })
})
afterAll(() => bed.close())

const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json'

interface TableBody {
  readonly kind: string
  readonly columnDefinitions: { name: string; priority: number }[]
  readonly rows: { cells: unknown[]; object: Record<string, unknown> | null }[]
}

async function table(path: string): Promise<TableBody> {
  const { status, body } = await bed.as().json(path, { headers: { accept: TABLE } })
  expect(status).toBe(200)
  expect(body).toMatchObject({ kind: 'Table', apiVersion: 'meta.k8s.io/v1' })
  return body as unknown as TableBody
}

/** What kubectl would print: shown columns and one line a row. */
async function shown(path: string, priority = 0): Promise<unknown[][]> {
  const { columnDefinitions, rows } = await table(path)
  const shownAt = columnDefinitions.map((definition) => definition.priority <= priority)
  const pick = (cells: unknown[]) => cells.filter((_cell, index) => shownAt[index])
  return [pick(columnDefinitions.map(({ name }) => name)), ...rows.map(({ cells }) => pick(cells))]
}

describe('tables', () => {
  it('shows pods as kubectl does', async () => {
    expect(await shown('/api/v1/namespaces/shop/pods')).toEqual([
      ['Name', 'Ready', 'Status', 'Restarts', 'Age'],
      ['cart-7d4b9-aaaaa', '1/1', 'Running', '2 (20m ago)', '120m'],
      ['cart-7d4b9-bbbbb', '1/1', 'Running', '2 (20m ago)', '120m'],
      ['import-x1', '0/2', 'ContainerCreating', '0', '60s'],
    ])
  })

  it('shows deployments with the wide columns', async () => {
    expect(await shown('/apis/apps/v1/deployments', 1)).toEqual([
      ['Name', 'Ready', 'Up-to-date', 'Available', 'Age', 'Containers', 'Images', 'Selector'],
      ['cart', '2/2', 2, 2, '2d', 'main', 'registry.home/shop/main:1.4.2', 'app=cart'],
    ])
  })

  it('shows nodes', async () => {
    expect(await shown('/api/v1/nodes')).toEqual([
      ['Name', 'Status', 'Roles', 'Age', 'Version'],
      ['ash', 'Ready', 'control-plane', '21d', 'v1.36.3'],
      ['birch', 'Ready', '<none>', '21d', 'v1.36.3'],
    ])
  })

  it('shows an autoscaler with what it measures', async () => {
    const scaler = { group: 'autoscaling', version: 'v2', plural: 'horizontalpodautoscalers' }
    world.store.put(
      { ...scaler, kind: 'HorizontalPodAutoscaler', namespaced: true },
      {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: { name: 'cart', namespace: 'shop', creationTimestamp: '2026-11-22T19:00:00Z' },
        spec: {
          scaleTargetRef: { kind: 'Deployment', name: 'cart' },
          minReplicas: 2,
          maxReplicas: 6,
          metrics: [
            {
              type: 'Resource',
              resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
            },
          ],
        },
        status: {
          currentReplicas: 3,
          currentMetrics: [
            { type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: 41 } } },
          ],
        },
      },
    )
    expect((await shown('/apis/autoscaling/v2/horizontalpodautoscalers'))[1]).toEqual([
      'cart',
      'Deployment/cart',
      'cpu: 41%/80%',
      '2',
      6,
      3,
      '60m',
    ])
  })

  it('shows a custom resource by the columns of its definition', async () => {
    expect(await shown('/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations', 1)).toEqual([
      ['Name', 'Age', 'Ready', 'Revision'],
      ['apps', '6h', 'True', 'main@sha1:abc'],
    ])
  })

  it.each([
    ['None', null],
    ['Metadata', 'PartialObjectMetadata'],
    ['Object', 'Pod'],
  ])('includes %s with each row', async (include, kind) => {
    const { rows } = await table(`/api/v1/pods?limit=1&includeObject=${include}`)
    expect(rows[0]?.object === null ? null : rows[0]?.object.kind).toBe(kind)
  })
})

it('gives metadata alone', async () => {
  const { body } = await bed.as().json('/apis/apps/v1/deployments', {
    headers: { accept: 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io' },
  })
  expect(body.kind).toBe('PartialObjectMetadataList')
  expect(Object.keys(body.items?.[0] ?? {})).toEqual(['kind', 'apiVersion', 'metadata'])
})

describe('protobuf', () => {
  const PROTOBUF = 'application/vnd.kubernetes.protobuf'

  /** Field numbers and raw values of one message. */
  function fields(bytes: Uint8Array): Map<number, (Uint8Array | number)[]> {
    return new PbfReader(bytes).readFields((tag, into, reader) => {
      const value = reader.type === 2 ? reader.readBytes() : reader.readVarint(true)
      into.set(tag, [...(into.get(tag) ?? []), value])
    }, new Map<number, (Uint8Array | number)[]>())
  }
  const bytesAt = (message: Uint8Array, ...path: number[]): Uint8Array => {
    let here = message
    for (const tag of path) {
      const value = fields(here).get(tag)?.[0]
      if (!(value instanceof Uint8Array)) throw new Error(`no message at ${path}`)
      here = value
    }
    return here
  }
  const textAt = (message: Uint8Array, ...path: number[]) => Buffer.from(bytesAt(message, ...path)).toString()

  async function podList(query = ''): Promise<Uint8Array> {
    const answer = await bed.as().fetch(`/api/v1/pods${query}`, { headers: { accept: PROTOBUF } })
    expect(answer.headers.get('content-type')).toBe(PROTOBUF)
    const bytes = new Uint8Array(await answer.arrayBuffer())
    expect([...bytes.subarray(0, 4)]).toEqual([0x6b, 0x38, 0x73, 0])
    const envelope = bytes.subarray(4)
    expect(textAt(envelope, 1, 1)).toBe('v1')
    expect(textAt(envelope, 1, 2)).toBe('PodList')
    return bytesAt(envelope, 2)
  }

  it('lists pods with what tables need', async () => {
    const list = await podList('?labelSelector=app%3Dcart')
    const pods = fields(list).get(2) ?? []
    expect(pods).toHaveLength(2)
    const pod = pods[0]
    if (!(pod instanceof Uint8Array)) throw new Error('no pod')
    expect(textAt(pod, 1, 1)).toBe('cart-7d4b9-aaaaa')
    expect(textAt(pod, 1, 3)).toBe('shop')
    expect(textAt(pod, 1, 13, 3)).toBe('cart-7d4b9')
    expect(fields(bytesAt(pod, 1, 8)).get(1)).toEqual([Date.parse('2026-11-22T18:00:00Z') / 1000])
    expect(textAt(pod, 2, 10)).toBe('ash')
    expect(textAt(pod, 2, 2, 8, 1, 2, 1)).toBe('128Mi')
    expect(textAt(pod, 3, 1)).toBe('Running')
    const status = bytesAt(pod, 3, 8)
    expect(fields(status).get(5)).toEqual([2])
    expect(fields(bytesAt(status, 3, 3)).get(1)).toEqual([137])
    expect(textAt(status, 3, 3, 3)).toBe('OOMKilled')
  })

  it('pages', async () => {
    const list = await podList('?limit=3')
    expect(fields(list).get(2)).toHaveLength(3)
    expect(fields(bytesAt(list, 1)).get(4)).toEqual([1])
    const token = encodeURIComponent(textAt(list, 1, 3))
    const rest = await podList(`?limit=3&continue=${token}`)
    expect(fields(rest).get(2)).toHaveLength(1)
  })

  it('refuses in protobuf who likes it best', async () => {
    const answer = await bed
      .as('one-namespace')
      .fetch('/api/v1/pods', { headers: { accept: `${PROTOBUF}, application/json` } })
    expect(answer.status).toBe(403)
    expect(answer.headers.get('content-type')).toBe(PROTOBUF)
    const envelope = new Uint8Array(await answer.arrayBuffer()).subarray(4)
    expect(textAt(envelope, 1, 2)).toBe('Status')
    const status = bytesAt(envelope, 2)
    expect(textAt(status, 2)).toBe('Failure')
    expect(textAt(status, 3)).toMatch(/^pods is forbidden: User "one-namespace" cannot list resource "pods"/)
    expect(textAt(status, 4)).toBe('Forbidden')
    expect(textAt(status, 5, 3)).toBe('pods')
    expect(fields(status).get(6)).toEqual([403])
  })

  it('falls back to JSON for other kinds, and refuses where only protobuf is taken', async () => {
    const fallback = await bed
      .as()
      .fetch('/apis/apps/v1/deployments', { headers: { accept: `${PROTOBUF},application/json` } })
    expect(fallback.headers.get('content-type')).toBe('application/json')
    await fallback.arrayBuffer()
    const { status, body } = await bed
      .as()
      .json('/apis/apps/v1/deployments', { headers: { accept: PROTOBUF } })
    expect(status).toBe(406)
    expect(body.reason).toBe('NotAcceptable')
  })
})
