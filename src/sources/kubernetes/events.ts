// Events as rows, from core/v1: old ones count in `count`, those of the newer API in `series`.
import type { Decoder } from '#cluster/cluster.ts'
import { fields, known, number, text, time } from '#cluster/fields.ts'
import type { EventRow, KubeObject, ObjectRef, Resource } from '#model/kube.ts'
import { createPool, type Pool } from './pool.ts'
import { rowOf } from './row.ts'

export const eventResource: Resource = {
  group: '',
  version: 'v1',
  plural: 'events',
  kind: 'Event',
  namespaced: true,
  shortNames: ['ev'],
}

export function eventDecoder(): Decoder<EventRow> {
  const pool = createPool()
  return { json: (object) => eventRow(object, pool) }
}

function eventRow(object: KubeObject, pool: Pool): EventRow {
  const row = rowOf(object, pool)
  const about = fields(object.involvedObject)
  const series = fields(object.series)
  const eventTime = time(object.eventTime)
  const firstAt = time(object.firstTimestamp) ?? eventTime ?? row.createdAt
  const from = text(fields(object.source).component) ?? text(object.reportingComponent)
  const kind = pool.text(text(about.kind) ?? '')
  const group = groupOf(text(about.apiVersion) ?? '')
  const namespace = text(about.namespace)
  const ref: ObjectRef = {
    group,
    kind,
    name: text(about.name) ?? '',
    ...(namespace !== undefined && { namespace: pool.text(namespace) }),
  }
  return {
    ...row,
    type: pool.text(text(object.type) ?? 'Normal'),
    reason: pool.text(text(object.reason) ?? ''),
    message: pool.text((text(object.message) ?? '').trim()),
    about: pool.share(`ref ${group} ${kind} ${namespace} ${ref.name}`, () => ref),
    count: number(series.count) ?? number(object.count) ?? 1,
    firstAt,
    lastAt: time(series.lastObservedTime) ?? time(object.lastTimestamp) ?? eventTime ?? firstAt,
    ...known({ from: from === undefined ? undefined : pool.text(from) }),
  }
}

/** `apps/v1` → `apps`, `v1` → the core group. */
function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/')
  return slash < 0 ? '' : apiVersion.slice(0, slash)
}

/** The field selector of the events about one object. */
export function eventsAboutSelector(ref: ObjectRef): string {
  return `involvedObject.kind=${ref.kind},involvedObject.name=${ref.name}`
}
