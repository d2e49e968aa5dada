// What every kind's row takes from the metadata and the status of an object in JSON.

import { fields, items, known, text, textsByName, time } from '#cluster/fields.ts'
import type { Condition, KubeObject, Row } from '#model/kube.ts'
import { type Pool, shareLabels } from './pool.ts'

/** The common part of a row. Without a uid, the name serves: it too is unique at any one time. */
export function rowOf(object: KubeObject, pool: Pool): Row {
  const metadata = fields(object.metadata)
  const namespace = text(metadata.namespace)
  const name = text(metadata.name) ?? ''
  return {
    uid: text(metadata.uid) ?? `${namespace ?? ''}/${name}`,
    name,
    createdAt: time(metadata.creationTimestamp) ?? 0,
    labels: shareLabels(pool, textsByName(metadata.labels)),
    ...(namespace !== undefined && { namespace: pool.text(namespace) }),
  }
}

export function conditionsOf(value: unknown, pool: Pool): readonly Condition[] {
  return items(value).flatMap((item) => {
    const one = fields(item)
    const type = text(one.type)
    if (type === undefined) return []
    const reason = text(one.reason)
    return [
      {
        type: pool.text(type),
        status: one.status === 'True' || one.status === 'False' ? one.status : ('Unknown' as const),
        ...known({
          reason: reason === undefined ? undefined : pool.text(reason),
          message: text(one.message),
          since: time(one.lastTransitionTime) ?? time(one.lastUpdateTime),
        }),
      },
    ]
  })
}

/** A label selector as kubectl takes it: `app=web,tier in (a,b),!legacy`. */
export function selectorText(value: unknown): string {
  const selector = fields(value)
  const parts = Object.entries(fields(selector.matchLabels))
    .map(([name, one]) => `${name}=${String(one)}`)
    .sort()
  for (const item of items(selector.matchExpressions)) {
    const one = fields(item)
    const key = String(one.key)
    const values = items(one.values).map(String).sort().join(',')
    if (one.operator === 'In') parts.push(`${key} in (${values})`)
    else if (one.operator === 'NotIn') parts.push(`${key} notin (${values})`)
    else if (one.operator === 'Exists') parts.push(key)
    else if (one.operator === 'DoesNotExist') parts.push(`!${key}`)
  }
  return parts.join(',')
}
