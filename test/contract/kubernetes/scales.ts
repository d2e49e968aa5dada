// The contract for the scale subresource: read, written whole in each form that clients send, patched, refused.
import { PbfWriter } from 'pbf'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { at } from '#homelab/kube/json.ts'
import { hold, type MakeBed, MERGE, refusal } from './held.ts'

/** A Scale as client-go's typed clients send it; all of its bytes are ASCII. */
function scaleInProtobuf(namespace: string, name: string, replicas: number): string {
  const writer = new PbfWriter()
  const text = (field: number, value: string, to: PbfWriter) => to.writeStringField(field, value)
  writer.writeMessage(
    1,
    (_type: undefined, to: PbfWriter) => {
      text(1, 'autoscaling/v1', to)
      text(2, 'Scale', to)
    },
    undefined,
  )
  writer.writeMessage(
    2,
    (_raw: undefined, scale: PbfWriter) => {
      scale.writeMessage(
        1,
        (_meta: undefined, to: PbfWriter) => {
          text(1, name, to)
          text(3, namespace, to)
        },
        undefined,
      )
      scale.writeMessage(2, (_spec: undefined, to: PbfWriter) => to.writeVarintField(1, replicas), undefined)
    },
    undefined,
  )
  return `k8s\0${Buffer.from(writer.finish()).toString('latin1')}`
}

export function describeScales(makeBed: MakeBed): void {
  const held = hold(makeBed)
  const all = () => `/apis/apps/v1/namespaces/${held.bed.namespace}/deployments`
  const scale = () => `${all()}/scaled/scale`
  const labels = { app: 'scaled' }
  const replicas = async () => at((await held.ask('GET', `${all()}/scaled`)).body, 'spec', 'replicas')
  const remove = () => held.ask('DELETE', `${all()}/scaled`)
  beforeEach(async () => {
    await remove()
    await held.ask('POST', all(), {
      body: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'scaled', labels },
        spec: {
          replicas: 0,
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'busybox' }] } },
        },
      },
    })
  })
  afterAll(async () => {
    await remove()
  })

  describe('the scale of a Deployment', () => {
    it('tells what is wanted and by which labels the pods are found', async () => {
      const { status, body } = await held.ask('GET', scale())
      expect(status).toBe(200)
      expect(body).toMatchObject({
        apiVersion: 'autoscaling/v1',
        kind: 'Scale',
        metadata: { name: 'scaled' },
        spec: {},
        status: { replicas: 0, selector: 'app=scaled' },
      })
    })

    it('is written whole in JSON', async () => {
      const { namespace } = held.bed
      const body = { metadata: { name: 'scaled', namespace }, spec: { replicas: 1 } }
      const answer = await held.ask('PUT', scale(), { body })
      expect([answer.status, at(answer.body, 'spec', 'replicas'), await replicas()]).toEqual([200, 1, 1])
    })

    it('is written whole in protobuf, and to none where it names no number', async () => {
      const put = (count: number) =>
        held.ask('PUT', scale(), {
          body: scaleInProtobuf(held.bed.namespace, 'scaled', count),
          type: 'application/vnd.kubernetes.protobuf',
        })
      expect((await put(1)).body).toMatchObject({ kind: 'Scale', spec: { replicas: 1 } })
      expect(await replicas()).toBe(1)
      expect((await put(0)).status).toBe(200)
      expect(await replicas()).toBe(0)
    })

    it('is patched', async () => {
      const answer = await held.ask('PATCH', scale(), { body: { spec: { replicas: 1 } }, type: MERGE })
      expect([answer.status, await replicas()]).toEqual([200, 1])
    })

    it('is no less than nothing', async () => {
      const body = { metadata: { name: 'scaled', namespace: held.bed.namespace }, spec: { replicas: -1 } }
      const answer = await held.ask('PUT', scale(), { body })
      expect(answer.body).toMatchObject(
        refusal(
          422,
          'Invalid',
          'Scale.autoscaling "scaled" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
        ),
      )
      expect(await replicas()).toBe(0)
    })
  })
}
