// Random PromQL over the samples, the same for the same seed. Expressions are well typed; what they come to may still
// be an error, which both sides must then give alike.
import { dice } from './samples.ts'
import {
  aggregations,
  amounts,
  arithmetic,
  byMatching,
  comparisons,
  distinct,
  exactOnVectors,
  groupings,
  labelSets,
  numbers,
  overRanges,
  ranges,
  rankings,
  selectors,
  sets,
  timeFunctions,
  unevenOnVectors,
} from './vocabulary.ts'

/**
 * `exact`: each bit of the values is laid down by IEEE 754 and the order of the work. Where it is not (Go's and V8's
 * sines differ in the last digit, and sums depend on their order), no step function may follow: it would blow a
 * difference in the last digit up to a whole one.
 */
interface Made {
  readonly text: string
  readonly exact: boolean
}

const made = (text: string, exact = true): Made => ({ text, exact })

export class Generator {
  readonly #roll: () => number

  constructor(seed: number) {
    this.#roll = dice(seed)
    // The first numbers of neighbouring seeds are neighbours too.
    for (let turn = 0; turn < 5; turn += 1) this.#roll()
  }

  expression(): string {
    return this.#chance(0.08) ? this.#scalar(2).text : this.#vector(3).text
  }

  #chance(share: number): boolean {
    return this.#roll() < share
  }

  #one<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.#roll() * items.length)]
    if (item === undefined) throw new Error('nothing to choose from')
    return item
  }

  #vector(depth: number): Made {
    if (depth === 0 || this.#chance(0.12)) return this.#selected()
    return this.#one([
      () => this.#aggregation(depth),
      () => this.#aggregation(depth),
      () => this.#overRange(depth),
      () => this.#overRange(depth),
      () => this.#ofVector(depth),
      () => this.#withScalar(depth),
      () => this.#ranked(),
      () => this.#joined(depth),
      () => this.#joined(depth),
      () => this.#set(depth),
      () => this.#relabelled(depth),
      () => this.#histogram(depth),
      () => this.#rest(depth),
    ])()
  }

  /** An exact vector: a few tries, then a selector, which is. */
  #exactVector(depth: number): Made {
    for (let turn = 0; turn < 4; turn += 1) {
      const vector = this.#vector(depth)
      if (vector.exact) return vector
    }
    return this.#selected()
  }

  #scalar(depth: number): Made {
    if (depth === 0 || this.#chance(0.4)) return made(this.#one(numbers))
    return this.#one([
      () => made('time()'),
      () => made(`scalar(${this.#vector(depth - 1).text})`, false),
      () => {
        const [left, right] = [this.#scalar(depth - 1), this.#scalar(depth - 1)]
        return made(`(${left.text} ${this.#one(arithmetic)} ${right.text})`, false)
      },
      () => {
        const [left, right] = [this.#scalar(depth - 1), this.#scalar(depth - 1)]
        return left.exact && right.exact
          ? made(`(${left.text} ${this.#one(comparisons)} bool ${right.text})`)
          : made(`-${left.text}`, left.exact)
      },
    ])()
  }

  #moved(): string {
    if (this.#chance(0.8)) return ''
    return this.#one([
      ' offset 3m',
      ' offset -2m',
      ' offset 47s',
      ' @ 1767573030',
      ' @ end()',
      ' @ start() offset 1m',
    ])
  }

  #selected(): Made {
    return made(this.#one(selectors) + this.#moved())
  }

  #range(depth: number): Made {
    if (depth < 2 || this.#chance(0.7)) {
      return made(`${this.#one(selectors)}[${this.#one(ranges)}]${this.#moved()}`)
    }
    const inner = this.#vector(depth - 2)
    const step = this.#one(['', '1m', '37s', '4m'])
    return made(`(${inner.text})[${this.#one(ranges)}:${step}]${this.#moved()}`, inner.exact)
  }

  #overRange(depth: number): Made {
    const range = this.#range(depth)
    const { name, needsExact, before = '', after = '' } = this.#one(overRanges)
    if (needsExact && !range.exact) return made(`last_over_time(${range.text})`, false)
    return made(`${name}(${before}${range.text}${after})`, range.exact)
  }

  #ofVector(depth: number): Made {
    if (this.#chance(0.4)) {
      return made(`${this.#one(unevenOnVectors)}(${this.#vector(depth - 1).text})`, false)
    }
    const { call, steps } = this.#one(exactOnVectors)
    const inner = steps ? this.#exactVector(depth - 1) : this.#vector(depth - 1)
    return made(
      call.replace('%', () => inner.text),
      inner.exact,
    )
  }

  #grouping(): string {
    return this.#one(groupings)
  }

  #aggregation(depth: number): Made {
    const { op, parameter, needsExact, exact } = this.#one(aggregations)
    const inner = needsExact ? this.#exactVector(depth - 1) : this.#vector(depth - 1)
    const grouping = this.#grouping()
    const head = parameter === undefined ? '' : `${parameter}, `
    const text = this.#chance(0.5)
      ? `${op}${grouping} (${head}${inner.text})`
      : `${op}(${head}${inner.text})${grouping}`
    return made(text, exact && inner.exact)
  }

  #ranked(): Made {
    const inner = `${this.#one(amounts)}, ${this.#one(distinct)}`
    return made(`${this.#one(rankings)}${this.#grouping()} (${inner})`)
  }

  #withScalar(depth: number): Made {
    const scalar = this.#scalar(depth - 1)
    const exactly = this.#chance(0.4)
    const vector = exactly ? this.#exactVector(depth - 1) : this.#vector(depth - 1)
    const comparing = exactly && scalar.exact
    const op = comparing ? this.#one(comparisons) + this.#one(['', ' bool']) : this.#one(arithmetic)
    const sides = [`(${vector.text})`, scalar.text]
    if (this.#chance(0.3)) sides.reverse()
    return made(sides.join(` ${op} `), comparing && vector.exact)
  }

  #joined(depth: number): Made {
    const comparing = this.#chance(0.3)
    const side = () => (comparing ? this.#exactVector(depth - 1) : this.#vector(depth - 1))
    const [left, right] = [side(), side()]
    const op = comparing ? this.#one(comparisons) + this.#one(['', ' bool']) : this.#one(arithmetic)
    return made(
      `(${left.text}) ${op}${this.#one(byMatching)} (${right.text})`,
      comparing && left.exact && right.exact,
    )
  }

  #set(depth: number): Made {
    const [left, right] = [this.#vector(depth - 1), this.#vector(depth - 1)]
    const labels = this.#one(['', ` on(${this.#one(labelSets)})`, ` ignoring(${this.#one(labelSets)})`])
    return made(`(${left.text}) ${this.#one(sets)}${labels} (${right.text})`, left.exact && right.exact)
  }

  #relabelled(depth: number): Made {
    const inner = this.#vector(depth - 1)
    const call = this.#one([
      `label_replace(%, "copy", "$1", "job", "(.+)")`,
      `label_replace(%, "instance", "", "", "")`,
      `label_replace(%, "job", "${'$'}{2}-${'$'}1", "job", "(a)(.*)|b(.*)")`,
      `label_replace(%, "__name__", "$1_x", "__name__", "(.*)")`,
      `label_join(%, "joined", "/", "job", "instance", "nolabel")`,
      `label_join(%, "job", ",", "instance")`,
    ])
    return made(
      call.replace('%', () => inner.text),
      inner.exact,
    )
  }

  #histogram(depth: number): Made {
    const buckets = this.#one([
      'latency_seconds_bucket',
      'ragged_bucket',
      'shrinking_bucket',
      'latency_seconds_bucket{job!="b"}',
    ])
    const range = this.#one(ranges)
    const source = this.#one([
      buckets,
      `rate(${buckets}[${range}])`,
      `sum by (le) (rate(${buckets}[${range}]))`,
      `sum by (le, job) (increase(${buckets}[${range}]))`,
      `sum without (path) (${buckets})`,
    ])
    const quantile = this.#chance(0.8)
      ? this.#one(['0', '0.1', '0.5', '0.9', '0.99', '1'])
      : this.#scalar(depth - 1).text
    return this.#chance(0.7)
      ? made(`histogram_quantile(${quantile}, ${source})`, false)
      : made(
          `histogram_fraction(${this.#one(['0', '-Inf', '0.3'])}, ${this.#one(['0.1', '2', '+Inf'])}, ${source})`,
          false,
        )
  }

  #rest(depth: number): Made {
    return this.#one([
      () => made(`vector(${this.#scalar(depth - 1).text})`, false),
      () => made(`absent(${this.#vector(depth - 1).text})`),
      () => {
        const inner = this.#vector(depth - 1)
        return made(`-(${inner.text})`, inner.exact)
      },
      () =>
        made(
          `${this.#one(timeFunctions)}(${this.#one(['', 'vector(time() * 31.7)', 'epoch', 'timestamp(up)'])})`,
        ),
      () => made(`timestamp(${this.#vector(depth - 1).text})`),
    ])()
  }
}
