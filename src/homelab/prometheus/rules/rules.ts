// The rules as a layer over the scraped samples: what they record and which alerts they raise can be asked for at
// any moment of the past, as if they had always run.
import type { Clock } from '#homelab/clock.ts'
import { keyOf, type Labels, metricName } from '#homelab/prometheus/promql/labels.ts'
import { compileMatcher, compileMatchers } from '#homelab/prometheus/promql/matching.ts'
import type { AlertingRule, RecordingRule, RuleGroup } from '#homelab/prometheus/rule-group.ts'
import type { Matcher, Series, Storage } from '#homelab/prometheus/storage.ts'
import { AlertStates } from './alerts.ts'
import { defaultInterval, durationOf, Evaluation } from './evaluation.ts'
import { seriesLabels } from './labelling.ts'
import { StepSeries } from './step-series.ts'

export interface RunningRule {
  readonly rule: RecordingRule | AlertingRule
  readonly evaluation: Evaluation
  /** Absent for a recording rule. */
  readonly alerts?: AlertStates
}

export interface RunningGroup {
  readonly group: RuleGroup
  /** Milliseconds. */
  readonly interval: number
  readonly rules: readonly RunningRule[]
}

/** Where no scrape tells when the past began. */
const assumedPast = 21_600_000
/** The store keeps no more: its retention. */
const longestPast = 14 * 86_400_000
/** Some target was scraped in any such time. */
const scrapedWithin = 120_000

export class Rules {
  readonly groups: readonly RunningGroup[]
  /** The scraped samples with what the rules add. */
  readonly storage: Storage
  readonly #base: Storage
  readonly #clock: Clock
  #beginning: number | undefined

  constructor(base: Storage, groups: readonly RuleGroup[], clock: Clock) {
    this.#base = base
    this.#clock = clock
    this.storage = {
      select: (matchers, from, to) => this.#select(matchers, from, to),
      prepare: (matchers, from, to) => this.#prepare(matchers, from, to, new Set()),
      labelNames: (sets, from, to) => this.#labels(sets, from, to).names,
      labelValues: (label, sets, from, to) => this.#labels(sets, from, to).values(label),
      metadata: () => base.metadata(),
    }
    this.groups = groups.map((group) => {
      const interval = durationOf(group.interval, defaultInterval)
      const rules = group.rules.map((rule) => {
        const evaluation = new Evaluation(rule, interval, this.storage, (within) => ({
          ...this.storage,
          prepare: (matchers, from, to) => this.#prepare(matchers, from, to, within),
        }))
        return 'alert' in rule
          ? { rule, evaluation, alerts: new AlertStates(rule, evaluation) }
          : { rule, evaluation }
      })
      return { group, interval, rules }
    })
  }

  /** The first moment that was scraped, to the second; milliseconds. */
  get beginning(): number {
    this.#beginning ??= this.#findBeginning()
    return this.#beginning
  }

  /** Halves the past until it knows: reading all of it would take seconds. */
  #findBeginning(): number {
    let known = this.#clock.now()
    let before = known - longestPast
    if (!this.#scrapedAt(known)) return known - assumedPast
    if (this.#scrapedAt(before)) return before
    while (known - before > 1000) {
      const middle = Math.floor((known + before) / 2)
      if (this.#scrapedAt(middle)) known = middle
      else before = middle
    }
    return before
  }

  #scrapedAt(time: number): boolean {
    const up = [{ label: metricName, op: '=', value: 'up' }] as const
    for (const { times } of this.#base.select(up, time - scrapedWithin, time))
      if (times.length > 0) return true
    return false
  }

  *#select(matchers: readonly Matcher[], from: number, to: number): Iterable<Series> {
    yield* this.#base.select(matchers, from, to)
    yield* this.#virtual(matchers, from, to)
  }

  /** Evaluates in slices what the series that rules make need. False where a rule reads what it makes itself. */
  async #prepare(
    matchers: readonly Matcher[],
    from: number,
    to: number,
    within: ReadonlySet<Evaluation>,
  ): Promise<boolean> {
    const wanted = namesWanted(matchers)
    const [since, until] = this.#clipped(from, to)
    if (until <= since) return true
    const needed = this.groups.flatMap(({ rules }) =>
      rules.filter(({ rule, alerts }) =>
        alerts ? wantsAlerts(wanted) : 'record' in rule && wanted(rule.record),
      ),
    )
    const others = needed.filter(({ evaluation }) => !within.has(evaluation))
    for (const { evaluation, alerts } of others) {
      const [first, last] = [evaluation.stepAt(since) + 1, evaluation.stepAt(until)]
      if (alerts) await alerts.prepareWalk(first, last, evaluation.stepAt(this.beginning), within)
      else await evaluation.prepare(first, last, within)
    }
    return others.length === needed.length
  }

  /** The part of (from, to] that has a past and is over. */
  #clipped(from: number, to: number): readonly [since: number, until: number] {
    return [Math.max(from, this.beginning - 1), Math.min(to, this.#clock.now())]
  }

  /** The series that rules make, with samples in (from, to] and no later than now. */
  *#virtual(matchers: readonly Matcher[], from: number, to: number): Iterable<Series> {
    const wanted = namesWanted(matchers)
    const matches = compileMatchers(matchers)
    const [since, until] = this.#clipped(from, to)
    if (until <= since) return
    for (const { rules } of this.groups) {
      for (const running of rules) {
        if (running.evaluation.running) continue
        const made =
          running.alerts && wantsAlerts(wanted)
            ? this.#alertSeries(running.alerts, wanted, { since, until })
            : 'record' in running.rule && wanted(running.rule.record)
              ? recorded(running.evaluation, since, until)
              : []
        for (const series of made) if (matches(series.labels)) yield series
      }
    }
  }

  #alertSeries(
    alerts: AlertStates,
    wanted: (name: string) => boolean,
    { since, until }: { readonly since: number; readonly until: number },
  ): readonly Series[] {
    const { evaluation } = alerts
    const [first, last] = [evaluation.stepAt(since) + 1, evaluation.stepAt(until)]
    const made = new StepSeries(evaluation)
    if (wanted('ALERTS')) {
      alerts.walk(first, last, evaluation.stepAt(this.beginning), (step, active) => {
        if (evaluation.errorAt(step) !== '') return
        for (const { labels, state } of active) {
          const own = seriesLabels(alerts.rule, labels)
          made.add({ ...own, [metricName]: 'ALERTS', alertstate: state }, step, 1)
        }
      })
    }
    // When an alert began costs more past than its state does, and few ask.
    for (let step = first; wanted('ALERTS_FOR_STATE') && step <= last; step += 1) {
      const active = alerts.at(step, evaluation.stepAt(this.beginning))
      if (evaluation.errorAt(step) !== '') continue
      for (const { labels, activeAt } of active) {
        const own = seriesLabels(alerts.rule, labels)
        made.add({ ...own, [metricName]: 'ALERTS_FOR_STATE' }, step, Math.floor(activeAt / 1000))
      }
    }
    return made.series(last)
  }

  /** Label names and values of what is stored and of what rules made in the last lookback of the range. */
  #labels(sets: readonly (readonly Matcher[])[], from: number, to: number) {
    const until = Math.min(to, this.#clock.now())
    const found: Labels[] = []
    for (const matchers of sets.length > 0 ? sets : [[]]) {
      for (const { labels } of this.#virtual(matchers, Math.max(from, until - 300_000), until))
        found.push(labels)
    }
    return {
      names: unique([
        ...this.#base.labelNames(sets, from, to),
        ...found.flatMap((labels) => Object.keys(labels)),
      ]),
      values: (label: string) =>
        unique([
          ...this.#base.labelValues(label, sets, from, to),
          ...found.flatMap((labels) => labels[label] ?? []),
        ]),
    }
  }
}

const wantsAlerts = (wanted: (name: string) => boolean) => wanted('ALERTS') || wanted('ALERTS_FOR_STATE')

function namesWanted(matchers: readonly Matcher[]): (name: string) => boolean {
  const names = matchers.filter((matcher) => matcher.label === metricName).map(compileMatcher)
  return (name) => names.every((test) => test(name))
}

const unique = (items: readonly string[]) => [...new Set(items)].sort()

function recorded(evaluation: Evaluation, since: number, until: number): readonly Series[] {
  const [first, last] = [evaluation.stepAt(since) + 1, evaluation.stepAt(until)]
  const made = new StepSeries(evaluation)
  const found = evaluation.over(first, last)
  const labelled = found.map(({ labels }) => evaluation.labelsOf(labels, Number.NaN))
  const samples = found.flatMap(({ values }, index) =>
    [...values].map(([step, value]) => ({ labels: labelled[index] ?? {}, step, value })),
  )
  // Samples of different labels may follow each other in one series, which wants them in order.
  if (new Set(labelled.map(keyOf)).size < found.length) samples.sort((a, b) => a.step - b.step)
  for (const { labels, step, value } of samples) made.add(labels, step, value)
  return made.series(last)
}
