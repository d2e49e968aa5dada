// Objects as a meta.k8s.io/v1 Table or as PartialObjectMetadata: what kubectl and k9s show of a kind.
import type { KubeObject } from '#model/kube.ts'
import { type Answer, jsonAnswer, type KindCall } from './call.ts'
import { badRequest } from './errors.ts'
import { readObject } from './get.ts'
import { type ListPage, listMeta, readPage } from './list.ts'
import { perObject } from './per-object.ts'
import type { Served } from './registry.ts'
import { AGE, type Column, NAME } from './tables/column.ts'
import { customColumns } from './tables/custom.ts'
import { OTHER_COLUMNS } from './tables/others.ts'
import { EVENT_COLUMNS, NODE_COLUMNS, POD_COLUMNS } from './tables/pods.ts'
import { POLICY_COLUMNS } from './tables/policies.ts'
import { WORKLOAD_COLUMNS } from './tables/workloads.ts'
import { objectText } from './wire.ts'

const COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  ...WORKLOAD_COLUMNS,
  ...POLICY_COLUMNS,
  ...OTHER_COLUMNS,
  Pod: POD_COLUMNS,
  Node: NODE_COLUMNS,
  Event: EVENT_COLUMNS,
}

function columnsOf(served: Served): readonly Column[] {
  if (served.custom) return customColumns(served.printerColumns)
  return COLUMNS[served.resource.kind] ?? [NAME, AGE]
}

const TABLE = '"kind":"Table","apiVersion":"meta.k8s.io/v1"'

/** PartialObjectMetadata of one object. */
export const partialText = perObject(
  ({ metadata }: KubeObject) =>
    `{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":${JSON.stringify(metadata)}}`,
)

function definitionsOf(columns: readonly Column[]): string {
  return JSON.stringify(
    columns.map(({ name, type, format = '', description, priority }) => ({
      name,
      type,
      format,
      description,
      priority,
    })),
  )
}

function rowText(call: KindCall, columns: readonly Column[], object: KubeObject, now: number): string {
  const cells = JSON.stringify(columns.map(({ cell }) => cell(object, now)))
  const include = call.params.get('includeObject')
  if (include === 'None') return `{"cells":${cells},"object":null}`
  const text = include === 'Object' ? objectText(call.served, object) : partialText(object)
  return `{"cells":${cells},"object":${text}}`
}

function tableText(call: KindCall, page: Pick<ListPage, 'items'>, meta: object, headed: boolean): string {
  const columns = columnsOf(call.served)
  const now = call.api.world.clock.now()
  const rows = page.items.map((object) => rowText(call, columns, object, now)).join(',')
  const definitions = headed ? definitionsOf(columns) : '[]'
  return `{${TABLE},"metadata":${JSON.stringify(meta)},"columnDefinitions":${definitions},"rows":[${rows}]}`
}

const INCLUDES = ['', 'Metadata', 'Object', 'None']

/** Throws 400 where the rows are asked for with what there is not. */
function checkInclude({ params }: KindCall): void {
  const include = params.get('includeObject') ?? ''
  if (INCLUDES.includes(include)) return
  throw badRequest(
    `Unable to convert to Table as requested: includeObject: Invalid value: ${JSON.stringify(include)}: must be 'Metadata', 'Object', 'None', or empty`,
  )
}

export function tableList(call: KindCall): Answer {
  checkInclude(call)
  const page = readPage(call)
  return jsonAnswer(`${tableText(call, page, listMeta(page), true)}\n`)
}

export function tableObject(call: KindCall): Answer {
  checkInclude(call)
  const object = readObject(call)
  const meta = { resourceVersion: object.metadata.resourceVersion ?? '' }
  return jsonAnswer(`${tableText(call, { items: [object] }, meta, true)}\n`)
}

/** Each event of a watch is a table of one row; only the first carries the columns. */
export function tableEvents(call: KindCall): (object: KubeObject) => string {
  checkInclude(call)
  let headed = true
  return (object) => {
    const meta = { resourceVersion: object.metadata.resourceVersion ?? '' }
    const text = tableText(call, { items: [object] }, meta, headed)
    headed = false
    return text
  }
}

export function partialList(call: KindCall): Answer {
  const page = readPage(call)
  const items = page.items.map(partialText).join(',')
  return jsonAnswer(
    `{"kind":"PartialObjectMetadataList","apiVersion":"meta.k8s.io/v1","metadata":${JSON.stringify(listMeta(page))},"items":[${items}]}\n`,
  )
}
