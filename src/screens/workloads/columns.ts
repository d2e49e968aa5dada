// The workloads table: what was asked for, what is ready, what it runs.
import type { WorkloadRow } from '#model/kube.ts'
import { type WorkloadState, workloadState } from '#model/workload-status.ts'
import { ageColumn, nameColumn, namespaceColumn } from '#screens/list/cells.ts'
import type { Column } from '#ui/columns.ts'
import { age } from '#ui/format.ts'
import type { Lead, LeadGlyph } from '#ui/table-lead.ts'
import type { Role } from '#ui/theme.ts'

const leads: Readonly<Partial<Record<WorkloadState, LeadGlyph>>> = {
  failed: { glyph: 'bad', role: 'bad' },
  progressing: { glyph: 'warn', role: 'warn' },
  suspended: { glyph: 'off', role: 'warn' },
  idle: { glyph: 'off', role: 'dim' },
  complete: { glyph: 'off', role: 'dim' },
}

const tones: Readonly<Partial<Record<WorkloadState, Role>>> = {
  failed: 'bad',
  progressing: 'warn',
  suspended: 'warn',
  idle: 'dim',
  complete: 'dim',
}

const order: Readonly<Record<WorkloadState, number>> = {
  failed: 0,
  progressing: 1,
  suspended: 2,
  well: 3,
  idle: 4,
  complete: 5,
}

export const isFaulty = (row: WorkloadRow): boolean => {
  const state = workloadState(row)
  return (
    state === 'failed' ||
    state === 'suspended' ||
    (state === 'progressing' && row.kind !== 'Job' && row.kind !== 'CronJob')
  )
}

export const haystack = (row: WorkloadRow): string =>
  `${row.name} ${row.namespace} ${row.kind} ${workloadState(row)} ${row.images.join(' ')}`

export const workloadLead: Lead<WorkloadRow> = (row) =>
  workloadState(row) === 'progressing' && (row.kind === 'Job' || row.kind === 'CronJob')
    ? undefined
    : leads[workloadState(row)]

export interface WorkloadColumnParts {
  readonly now: number
  readonly oneNamespace: boolean
  readonly none: string
}

export function workloadColumns({
  now,
  oneNamespace,
  none,
}: WorkloadColumnParts): readonly Column<WorkloadRow>[] {
  return [
    ...(oneNamespace ? [] : [namespaceColumn]),
    nameColumn,
    { id: 'kind', header: 'kind', width: 11, get: (row) => row.kind, order: (row) => row.kind, sortKey: 'K' },
    {
      id: 'ready',
      header: 'ready',
      width: 7,
      align: 'right',
      get: (row) => (row.kind === 'CronJob' ? none : `${row.ready}/${row.desired}`),
    },
    {
      id: 'state',
      header: 'state',
      width: 11,
      get: workloadState,
      tone: (row) => tones[workloadState(row)],
      order: (row) => order[workloadState(row)],
      sortKey: 'S',
    },
    {
      id: 'last',
      header: 'last run',
      width: 8,
      align: 'right',
      from: 120,
      get: (row) => (row.lastAt === undefined ? '' : age(now - row.lastAt)),
    },
    {
      id: 'why',
      header: 'why',
      width: 24,
      grow: 3,
      from: 160,
      get: (row) => (workloadState(row) === 'failed' ? whyFailed(row) : ''),
    },
    {
      id: 'images',
      header: 'images',
      width: 24,
      grow: 4,
      cut: 'middle',
      from: 120,
      get: (row) => row.images.map(shortImage).join(' '),
      tone: () => 'dim',
    },
    ageColumn(now),
  ]
}

/** The condition that speaks against it, in its own words. */
function whyFailed(row: WorkloadRow): string {
  const against = row.conditions.find(
    ({ type, status }) =>
      (type === 'Progressing' && status === 'False') ||
      (type !== 'Progressing' && /Fail/.test(type) && status === 'True'),
  )
  return against?.message ?? against?.reason ?? ''
}

/** Without the registry and without a digest: what differs from rollout to rollout is the tag. */
function shortImage(image: string): string {
  const [named = image] = image.split('@')
  return named.slice(named.lastIndexOf('/') + 1)
}
