// What Prometheus says of itself: targets, alerts, rules, build and runtime.
// https://prometheus.io/docs/prometheus/latest/querying/api/#targets and the sections after it

import { type Fields, isFields, textsByName } from '#cluster/fields.ts'
import type { AlertRow, RuleRow, TargetRow } from '#model/prometheus.ts'
import type { Reach } from './reach.ts'
import { ask, garbage, timeOf } from './wire.ts'

/** The targets that are scraped; one that was just discovered, and is neither up nor down, is none yet. */
export async function targets(reach: Reach, signal: AbortSignal): Promise<readonly TargetRow[]> {
  const { data } = await ask(reach, '/api/v1/targets', [['state', 'active']], signal)
  return listOf(data, 'activeTargets')
    .filter((target) => target.health !== 'unknown')
    .map(targetOf)
}

/** Alerts that fire or wait for their `for` to pass, as Prometheus evaluates them (not Alertmanager's view). */
export async function alerts(reach: Reach, signal: AbortSignal): Promise<readonly AlertRow[]> {
  const { data } = await ask(reach, '/api/v1/alerts', [], signal)
  return listOf(data, 'alerts').map(alertOf)
}

export async function rules(reach: Reach, signal: AbortSignal): Promise<readonly RuleRow[]> {
  const { data } = await ask(reach, '/api/v1/rules', [], signal)
  return listOf(data, 'groups').flatMap((group) =>
    listOf(group, 'rules').map((rule) => ruleOf(String(group.name ?? ''), rule)),
  )
}

export interface BuildInfo {
  readonly version: string
  readonly revision?: string
}

export async function buildinfo(reach: Reach, signal: AbortSignal): Promise<BuildInfo> {
  const { data } = await ask(reach, '/api/v1/status/buildinfo', [], signal)
  if (!isFields(data) || typeof data.version !== 'string') throw garbage('no version')
  return {
    version: data.version,
    ...(typeof data.revision === 'string' && { revision: data.revision }),
  }
}

export interface RuntimeInfo {
  readonly startedAt?: number
  readonly reloadConfigSuccess?: boolean
  /** As Prometheus writes it: `14d or 50GiB`. */
  readonly storageRetention?: string
}

export async function runtimeinfo(reach: Reach, signal: AbortSignal): Promise<RuntimeInfo> {
  const { data } = await ask(reach, '/api/v1/status/runtimeinfo', [], signal)
  if (!isFields(data)) throw garbage('no runtime information')
  const startedAt = timeOf(data.startTime)
  return {
    ...(startedAt !== undefined && { startedAt }),
    ...(typeof data.reloadConfigSuccess === 'boolean' && { reloadConfigSuccess: data.reloadConfigSuccess }),
    ...(typeof data.storageRetention === 'string' && { storageRetention: data.storageRetention }),
  }
}

function listOf(data: unknown, field: string): readonly Fields[] {
  const list = isFields(data) ? data[field] : undefined
  if (!Array.isArray(list) || !list.every(isFields)) throw garbage(`no list of ${field}`)
  return list
}

function targetOf(target: Fields): TargetRow {
  const labels = textsByName(target.labels)
  const lastError = typeof target.lastError === 'string' ? target.lastError : ''
  const lastScrapeAt = timeOf(target.lastScrape)
  return {
    job: labels.job ?? String(target.scrapePool ?? ''),
    instance: labels.instance ?? String(target.scrapeUrl ?? ''),
    up: target.health === 'up',
    ...(labels.namespace !== undefined && { namespace: labels.namespace }),
    ...(labels.service !== undefined && { service: labels.service }),
    ...(lastError !== '' && { lastError }),
    ...(lastScrapeAt !== undefined && { lastScrapeAt }),
  }
}

function alertOf(alert: Fields): AlertRow {
  const { alertname, severity, ...labels } = textsByName(alert.labels)
  const activeAt = timeOf(alert.activeAt)
  const value = typeof alert.value === 'string' ? Number(alert.value) : Number.NaN
  if (alertname === undefined) throw garbage('an alert without a name')
  return {
    name: alertname,
    state: alert.state === 'pending' ? 'pending' : 'firing',
    labels,
    annotations: textsByName(alert.annotations),
    ...(severity !== undefined && { severity }),
    ...(activeAt !== undefined && { activeAt }),
    ...(!Number.isNaN(value) && { value }),
  }
}

function ruleOf(group: string, rule: Fields): RuleRow {
  const alerting = rule.type === 'alerting'
  return {
    group,
    name: String(rule.name ?? ''),
    type: alerting ? 'alerting' : 'recording',
    query: String(rule.query ?? ''),
    health: String(rule.health ?? 'unknown'),
    ...(typeof rule.duration === 'number' && { duration: rule.duration }),
    ...(typeof rule.lastError === 'string' && rule.lastError !== '' && { lastError: rule.lastError }),
    ...(typeof rule.state === 'string' && { state: rule.state }),
  }
}
