// The Overview's lists: who takes most, what Flux changed last, what fires.
import { isTrouble } from '#model/alert-meant.ts'
import type { Consumer, Overview } from '#model/overview.ts'
import type { AlertRow } from '#model/prometheus.ts'
import { revisionNow, revisionWords } from '#model/revision-words.ts'
import { age, bytes, cores } from '#ui/format.ts'
import { clean, pad, width as widthOf } from '#ui/text.ts'
import type { Role } from '#ui/theme.ts'
import { cells, type PaneLine, type Room, readingPane, sentence } from './pane.ts'
import { subjectLabel } from './subject.ts'

export function topCpuPane(overview: Overview, room: Room): PaneLine[] {
  return readingPane('most cpu', topHead(room), 'metrics', overview.topCpu, room, (rows) =>
    topLines(rows, 'cpu', cores, room),
  )
}

export function topMemoryPane(overview: Overview, room: Room): PaneLine[] {
  return readingPane('most memory', topHead(room), 'metrics', overview.topMemory, room, (rows) =>
    topLines(rows, 'memory', bytes, room),
  )
}

const figure = 7

/** Requests are shown where there is room for them. */
function hasRequest(room: Room): boolean {
  return room.width >= 44
}

function topHead(room: Room): string {
  const names = hasRequest(room) ? ['now', 'req', 'lim'] : ['now', 'lim']
  return names.map((name) => pad(name, figure, 'right')).join(' ')
}

function topLines(
  rows: readonly Consumer[],
  pane: string,
  format: (value: number) => string,
  room: Room,
): PaneLine[] {
  const { theme, width, height } = room
  if (rows.length === 0) return sentence('nothing runs here', 'dim', 1, room)
  const figures = hasRequest(room) ? 3 : 2
  return rows.slice(0, height - 1).map((row) => {
    const near = row.limit !== undefined && row.now >= row.limit * 0.9
    const show = (value: number | undefined) => (value === undefined ? theme.glyph.none : format(value))
    const number = (value: number | undefined, role?: Role) => ({
      text: show(value),
      width: figure,
      align: 'right' as const,
      role,
    })
    const text = cells(
      [
        {
          text: ` ${clean(subjectLabel(row.ref))}`,
          width: Math.max(6, width - figures * (figure + 1)),
          cut: 'middle',
        },
        number(row.now, near ? 'warn' : undefined),
        ...(figures === 3 ? [number(row.request, 'dim')] : []),
        number(row.limit, 'dim'),
      ],
      theme,
    )
    return { text, target: { id: `${pane} ${row.ref.namespace ?? ''}/${row.ref.name}`, ref: row.ref } }
  })
}

export function changesPane(overview: Overview, room: Room): PaneLine[] {
  const { theme, width, now, height } = room
  return readingPane('last changes', 'ago', 'Flux objects', overview.flux, room, ({ changes, total }) => {
    if (total === 0) return sentence(`no Flux objects in ${where(overview)}`, 'dim', 1, room)
    if (changes.length === 0) return sentence('Flux has changed nothing yet', 'dim', 1, room)
    const what = Math.max(8, Math.min(22, Math.floor((width - 7) / 2)))
    return changes.slice(0, height - 1).map((row) => {
      const ref = { group: groupOf(row.kind), kind: row.kind, namespace: row.namespace, name: row.name }
      const full = clean(revisionWords(row))
      // That it failed must not be what is cut: rather what was there before.
      const words = row.changeFailed && widthOf(full) > what ? clean(revisionNow(row)) : full
      const text = cells(
        [
          { text: ` ${clean(subjectLabel(ref))}`, width: width - what - 8, cut: 'middle' },
          { text: words, width: what, role: row.changeFailed ? 'bad' : 'dim' },
          { text: row.changedAt === undefined ? '' : age(now - row.changedAt), width: 6, align: 'right' },
        ],
        theme,
      )
      return { text, target: { id: `change ${row.uid}`, ref } }
    })
  })
}

const where = ({ namespace }: Overview) => (namespace === undefined ? 'the cluster' : clean(namespace))

const groups: Readonly<Record<string, string>> = {
  Kustomization: 'kustomize.toolkit.fluxcd.io',
  HelmRelease: 'helm.toolkit.fluxcd.io',
}

function groupOf(kind: string): string {
  return groups[kind] ?? 'source.toolkit.fluxcd.io'
}

export function alertsPane(overview: Overview, room: Room): PaneLine[] {
  const { theme, width, now, height } = room
  return readingPane('firing', 'since', 'alerts', overview.alerts, room, (alerts) => {
    if (!alerts.some(isTrouble)) return sentence('no alert fires', 'dim', 1, room)
    // In a narrow pane the alert's name says more than half of both would.
    const subject = width < 56 ? 0 : Math.floor(width / 3)
    const firing = firingRows(alerts, subject === 0)
    const shown = firing.length > height - 1 ? firing.slice(0, height - 2) : firing
    const rest = firing.length - shown.length
    const lines: PaneLine[] = shown.map(({ alert, times }) => {
      const bad = isCritical(alert)
      const ref = alert.subject
      const name = `${clean(alert.name)}${times > 1 ? ` ×${times}` : ''}`
      const text = cells(
        [
          { text: ` ${bad ? theme.glyph.bad : theme.glyph.warn}`, width: 2, role: bad ? 'bad' : 'warn' },
          { text: name, width: width - subject - (subject > 0 ? 11 : 10), cut: 'middle' },
          ...(subject === 0
            ? []
            : [
                {
                  text: ref === undefined ? clean(alert.labels.namespace ?? '') : clean(subjectLabel(ref)),
                  width: subject,
                  cut: 'middle' as const,
                  role: 'dim' as const,
                },
              ]),
          { text: alert.activeAt === undefined ? '' : age(now - alert.activeAt), width: 6, align: 'right' },
        ],
        theme,
      )
      const id = `alert ${alert.name} ${Object.values(alert.labels).join(' ')}`
      return ref === undefined ? { text } : { text, target: { id, ref } }
    })
    return rest > 0 ? [...lines, ...sentence(`${rest} more`, 'dim', 1, room)] : lines
  })
}

const isCritical = ({ severity }: AlertRow) => severity === 'critical'

/** The critical ones first; those that nothing on their line would tell apart are one, which leads to the oldest. */
function firingRows(alerts: readonly AlertRow[], alike: boolean): { alert: AlertRow; times: number }[] {
  const firing = alerts.filter(isTrouble).toSorted((a, b) => Number(isCritical(b)) - Number(isCritical(a)))
  if (!alike) return firing.map((alert) => ({ alert, times: 1 }))
  const since = (alert: AlertRow) => alert.activeAt ?? Number.POSITIVE_INFINITY
  return [...Map.groupBy(firing, ({ name, severity }) => `${severity} ${name}`).values()].map((ones) => ({
    alert: ones.reduce((oldest, one) => (since(one) < since(oldest) ? one : oldest)),
    times: ones.length,
  }))
}
