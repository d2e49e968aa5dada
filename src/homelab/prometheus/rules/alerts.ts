// What state a rule's alerts are in at any moment, worked out from what its expression gave before.
// States: https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/
import { keyOf, type Labels } from '#homelab/prometheus/promql/labels.ts'
import type { AlertingRule } from '#homelab/prometheus/rule-group.ts'
import { durationOf, type Evaluation, type StepValues } from './evaluation.ts'
import { expandTemplate } from './template.ts'

export interface Alert {
  readonly labels: Labels
  /** Labels of the sample, which the annotations speak of. */
  readonly sample: Labels
  state: 'pending' | 'firing'
  /** Milliseconds. */
  readonly activeAt: number
  /** Since when it fires only because of keep_firing_for. */
  keepFiringSince?: number
  value: number
}

const none: ReadonlySet<Evaluation> = new Set()

/** How far back the start of an alert is looked for. */
const longestPast = 43_200_000
/** Steps that are looked at together while going back: one first, for most alerts are not active. */
const strides = [1, 10, 60] as const
/** Steps that are looked back for the state alone, beyond what the rule waits. */
const walkedSteps = 10

export class AlertStates {
  readonly rule: AlertingRule
  readonly evaluation: Evaluation
  readonly #holdFor: number
  readonly #keepFor: number

  constructor(rule: AlertingRule, evaluation: Evaluation) {
    this.rule = rule
    this.evaluation = evaluation
    this.#holdFor = durationOf(rule.for, 0)
    this.#keepFor = durationOf(rule.keep_firing_for, 0)
  }

  get holdSeconds(): number {
    return this.#holdFor / 1000
  }

  get keepSeconds(): number {
    return this.#keepFor / 1000
  }

  /** Alerts that are pending or firing at a step, by labels. `earliest` is the first step that has a past. */
  at(step: number, earliest: number): readonly Alert[] {
    let alerts: readonly Alert[] = []
    this.#run(this.#floorOf(step, earliest, longestPast), step, step, (_, active) => {
      alerts = active
    })
    return alerts
  }

  /** Reads in slices what `at` will need, which can be half a day. */
  prepare(step: number, earliest: number, within: ReadonlySet<Evaluation> = none): Promise<void> {
    return this.#prepare(this.#floorOf(step, earliest, longestPast), step, step, within)
  }

  /** The same for `walk`. */
  prepareWalk(
    first: number,
    last: number,
    earliest: number,
    within: ReadonlySet<Evaluation> = none,
  ): Promise<void> {
    return this.#prepare(this.#floorOf(first, earliest, this.#walkedPast), first, last, within)
  }

  async #prepare(floor: number, first: number, last: number, within: ReadonlySet<Evaluation>): Promise<void> {
    let start = first
    for (const reached of this.#lookBack(first, floor)) {
      await this.evaluation.prepare(reached, start, within)
      start = reached
    }
    await this.evaluation.prepare(start, last, within)
  }

  /**
   * Tells `visit` of each step from `first` to `last`, with the alerts that are active then. How far back is looked
   * for their start is enough for their state; `activeAt` may be later than it was.
   */
  walk(
    first: number,
    last: number,
    earliest: number,
    visit: (step: number, alerts: readonly Alert[]) => void,
  ): void {
    this.#run(this.#floorOf(first, earliest, this.#walkedPast), first, last, visit)
  }

  get #walkedPast(): number {
    return this.#holdFor + this.#keepFor + this.evaluation.timeOf(walkedSteps)
  }

  #floorOf(step: number, earliest: number, past: number): number {
    return Math.max(earliest, this.evaluation.stepAt(this.evaluation.timeOf(step) - past))
  }

  #run(
    floor: number,
    first: number,
    last: number,
    visit: (step: number, alerts: readonly Alert[]) => void,
  ): void {
    let start = first
    for (const reached of this.#lookBack(first, floor)) start = reached
    const series = this.evaluation.over(start, last)
    const active = new Map<string, Alert>()
    for (let step = start; step <= last; step += 1) {
      this.#advance(active, series, step)
      if (step >= first) visit(step, [...active.values()])
    }
  }

  /**
   * Goes back from `step` to one at which nothing was active, so that what comes after depends on no more past; the
   * last step that it gives is the one. It gives a step before it reads from there on.
   */
  *#lookBack(step: number, floor: number): Iterable<number> {
    const keepSteps = this.evaluation.stepAt(this.#keepFor) + 1
    let start = step
    for (let turn = 0; start > floor; turn += 1) {
      const from = Math.max(floor, start - Math.max(keepSteps, strides[turn] ?? strides[2]))
      yield from
      const series = this.evaluation.over(from, start)
      const quiet = this.#firstOfQuiet(series, from, start, keepSteps)
      // What fails for so long may as well have been quiet.
      const failsOnly = series.length === 0 && start - from >= strides[2]
      start = quiet ?? from
      yield start
      if (quiet !== undefined || failsOnly) return
    }
  }

  #advance(active: Map<string, Alert>, series: readonly StepValues[], step: number): void {
    // What fails leaves all as it was.
    if (this.evaluation.errorAt(step) !== '') return
    const time = this.evaluation.timeOf(step)
    const present = new Set<string>()
    for (const { labels: sample, values } of series) {
      const value = values.get(step)
      if (value === undefined) continue
      const labels = this.evaluation.labelsOf(sample, value)
      const key = keyOf(labels)
      present.add(key)
      const known = active.get(key)
      if (known) {
        known.value = value
        delete known.keepFiringSince
      } else active.set(key, { labels, sample, state: 'pending', activeAt: time, value })
    }
    for (const [key, alert] of active) {
      if (!present.has(key) && !this.#keepsFiring(alert, time)) active.delete(key)
      else if (alert.state === 'pending' && time - alert.activeAt >= this.#holdFor) alert.state = 'firing'
    }
  }

  #keepsFiring(alert: Alert, time: number): boolean {
    if (alert.state !== 'firing' || this.#keepFor === 0) return false
    alert.keepFiringSince ??= time
    return time - alert.keepFiringSince < this.#keepFor
  }

  annotations(alert: Alert): Labels {
    return Object.fromEntries(
      Object.entries(this.rule.annotations ?? {}).map(([name, text]) => [
        name,
        expandTemplate(text, { labels: alert.sample, value: alert.value }),
      ]),
    )
  }

  /** The start of the last `length` steps in [from, to] at which no series has a value; one that failed tells nothing. */
  #firstOfQuiet(series: readonly StepValues[], from: number, to: number, length: number): number | undefined {
    let quiet = 0
    for (let step = to; step >= from; step -= 1) {
      if (series.some(({ values }) => values.has(step))) quiet = 0
      else if (this.evaluation.errorAt(step) === '') quiet += 1
      if (quiet >= length) return step
    }
    return undefined
  }
}
