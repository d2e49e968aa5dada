// The events table: newest first, warnings seen first.
import type { EventRow } from '#model/kube.ts'
import { namespaceColumn } from '#screens/list/cells.ts'
import type { Column } from '#ui/columns.ts'
import { age } from '#ui/format.ts'
import type { Lead } from '#ui/table-lead.ts'

export const isFaulty = (event: EventRow): boolean => event.type !== 'Normal'

export const haystack = (event: EventRow): string =>
  `${event.namespace ?? ''} ${event.type} ${event.reason} ${event.about.kind.toLowerCase()}/${event.about.name} ${event.message}`

export const eventLead: Lead<EventRow> = (event) =>
  event.type === 'Normal' ? undefined : { glyph: 'warn', role: 'warn' }

export function eventColumns(now: number, oneNamespace: boolean): readonly Column<EventRow>[] {
  return [
    {
      id: 'last',
      header: 'last',
      width: 5,
      align: 'right',
      get: (event) => age(now - event.lastAt),
      order: (event) => -event.lastAt,
      sortKey: 'A',
      tone: () => 'dim',
    },
    ...(oneNamespace ? [] : [{ ...namespaceColumn, from: 120 as const }]),
    {
      id: 'reason',
      header: 'reason',
      width: 16,
      grow: 1,
      get: (event) => event.reason,
      tone: (event) => (event.type === 'Normal' ? undefined : 'warn'),
      order: (event) => event.reason,
      sortKey: 'S',
    },
    {
      id: 'object',
      header: 'object',
      width: 22,
      grow: 2,
      cut: 'middle',
      get: (event) => `${event.about.kind.toLowerCase()}/${event.about.name}`,
      order: (event) => event.about.name,
      sortKey: 'N',
    },
    {
      id: 'count',
      header: '×',
      width: 4,
      from: 120,
      align: 'right',
      get: (event) => (event.count > 1 ? String(event.count) : ''),
      order: (event) => -event.count,
      greatestFirst: true,
      sortKey: 'C',
    },
    { id: 'message', header: 'message', width: 24, grow: 5, get: (event) => event.message },
    { id: 'from', header: 'from', width: 20, from: 200, get: (event) => event.from ?? '', tone: () => 'dim' },
  ]
}
