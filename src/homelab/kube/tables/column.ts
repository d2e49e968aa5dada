// A column of the server's tables, and the columns that most kinds share.

import { age } from '#homelab/kube/age.ts'
import type { KubeObject } from '#model/kube.ts'

export type Cell = string | number | boolean | null

export interface Column {
  readonly name: string
  readonly type: 'string' | 'integer' | 'boolean' | 'number' | 'date'
  readonly format?: 'name'
  /** 0 is shown always, 1 with `-o wide`. */
  readonly priority: number
  readonly description: string
  readonly cell: (object: KubeObject, now: number) => Cell
}

export const column = (name: string, cell: Column['cell'], more: Partial<Column> = {}): Column => ({
  name,
  type: 'string',
  priority: 0,
  description: '',
  cell,
  ...more,
})

export const wide = (name: string, cell: Column['cell']): Column => column(name, cell, { priority: 1 })

export const count = (name: string, cell: Column['cell']): Column => column(name, cell, { type: 'integer' })

export const NAME = column('Name', (object) => object.metadata.name, {
  format: 'name',
  description: 'Name must be unique within a namespace.',
})

export const AGE = column('Age', (object, now) => age(object.metadata.creationTimestamp, now), {
  description: 'CreationTimestamp is the server time when this object was created.',
})

export const orNone = (text: string): string => text || '<none>'
