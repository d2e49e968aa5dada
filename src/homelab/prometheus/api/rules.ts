// /api/v1/rules and /api/v1/alerts.
import { formatExpr } from '#homelab/prometheus/promql/format.ts'
import { parse } from '#homelab/prometheus/promql/parse.ts'
import type { Alert } from '#homelab/prometheus/rules/alerts.ts'
import type { Rules, RunningGroup, RunningRule } from '#homelab/prometheus/rules/rules.ts'
import { nextTurn, turnIsOver } from '#homelab/prometheus/turns.ts'
import type { UpstreamAnswer } from '#homelab/upstream.ts'
import { success } from './answer.ts'
import { invalid, type Params } from './params.ts'

const stamp = (milliseconds: number) => new Date(milliseconds).toISOString()

/** Go's 'e' format: `5e-02`. */
function scientific(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf'
  return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2')
}

/** As Prometheus prints the expression; as it was written where that cannot be read. */
function shown(text: string): string {
  try {
    return formatExpr(parse(text))
  } catch {
    return text
  }
}

function wireAlert(alert: Alert, annotations: Readonly<Record<string, string>>): Record<string, unknown> {
  return {
    labels: alert.labels,
    annotations,
    state: alert.state,
    activeAt: stamp(alert.activeAt),
    ...(alert.keepFiringSince !== undefined && { keepFiringSince: stamp(alert.keepFiringSince) }),
    value: scientific(alert.value),
  }
}

function alertsNow(rules: Rules, running: RunningRule, now: number): readonly Record<string, unknown>[] {
  const { alerts, evaluation } = running
  if (!alerts) return []
  return alerts
    .at(evaluation.stepAt(now), evaluation.stepAt(rules.beginning))
    .map((alert) => wireAlert(alert, alerts.annotations(alert)))
}

function wireRule(
  rules: Rules,
  running: RunningRule,
  now: number,
  withAlerts: boolean,
): Record<string, unknown> {
  const { rule, evaluation, alerts: states } = running
  const step = evaluation.stepAt(now)
  const active = alertsNow(rules, running, now)
  if (!states) evaluation.over(step, step)
  const lastError = evaluation.errorAt(step)
  const common = {
    query: shown(rule.expr),
    labels: rule.labels ?? {},
    health: lastError === '' ? 'ok' : 'err',
    ...(lastError !== '' && { lastError }),
    evaluationTime: evaluation.duration,
    lastEvaluation: stamp(evaluation.timeOf(step)),
  }
  if (!states || 'record' in rule) {
    return { name: 'record' in rule ? rule.record : rule.alert, ...common, type: 'recording' }
  }
  const state = active.some((alert) => alert.state === 'firing')
    ? 'firing'
    : active.length > 0
      ? 'pending'
      : 'inactive'
  return {
    state,
    name: rule.alert,
    ...common,
    duration: states.holdSeconds,
    keepFiringFor: states.keepSeconds,
    annotations: rule.annotations ?? {},
    alerts: withAlerts ? active : null,
    type: 'alerting',
  }
}

/** A rule that is asked for the first time can take long: other requests have their turn in between. */
async function prepared(rules: Rules, { alerts, evaluation }: RunningRule, now: number): Promise<void> {
  if (turnIsOver()) await nextTurn()
  const step = evaluation.stepAt(now)
  if (alerts) await alerts.prepare(step, evaluation.stepAt(rules.beginning))
  else await evaluation.prepare(step, step, new Set())
}

async function wireGroup(
  rules: Rules,
  running: RunningGroup,
  shown: readonly RunningRule[],
  how: { readonly now: number; readonly withAlerts: boolean },
) {
  const wired: Record<string, unknown>[] = []
  for (const rule of shown) {
    await prepared(rules, rule, how.now)
    wired.push(wireRule(rules, rule, how.now, how.withAlerts))
  }
  return {
    name: running.group.name,
    file: `/etc/prometheus/rules/${running.group.name}.yaml`,
    rules: wired,
    interval: running.interval / 1000,
    limit: 0,
    evaluationTime: shown.reduce((sum, { evaluation }) => sum + evaluation.duration, 0),
    lastEvaluation: stamp(Math.floor(how.now / running.interval) * running.interval),
  }
}

export async function answerRules(params: Params, rules: Rules, now: number): Promise<UpstreamAnswer> {
  const type = params.text('type').toLowerCase()
  if (!['', 'alert', 'record'].includes(type)) throw invalid('type', `not supported value "${type}"`)
  const names = new Set(params.all('rule_name[]'))
  const groupNames = new Set(params.all('rule_group[]'))
  const withAlerts = params.text('exclude_alerts') !== 'true'
  const groups: unknown[] = []
  // By file, and each group has its own.
  const sorted = rules.groups.toSorted((a, b) => (a.group.name < b.group.name ? -1 : 1))
  for (const running of sorted) {
    if (groupNames.size > 0 && !groupNames.has(running.group.name)) continue
    const shown = running.rules.filter(({ rule }) => {
      const [kind, name] = 'alert' in rule ? ['alert', rule.alert] : ['record', rule.record]
      return (type === '' || type === kind) && (names.size === 0 || names.has(name))
    })
    if (shown.length > 0) groups.push(await wireGroup(rules, running, shown, { now, withAlerts }))
  }
  return success(JSON.stringify({ groups }))
}

export async function answerAlerts(rules: Rules, now: number): Promise<UpstreamAnswer> {
  const alerts: unknown[] = []
  for (const running of rules.groups.flatMap((group) => group.rules)) {
    await prepared(rules, running, now)
    alerts.push(...alertsNow(rules, running, now))
  }
  return success(JSON.stringify({ alerts }))
}
