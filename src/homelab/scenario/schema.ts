// A scenario's data: what is allowed in the YAML, and how a text becomes a Scenario or an error that names the place.
import * as v from 'valibot'
import { parse } from 'yaml'
import { offset, quantity, span } from './values.ts'

const when = { at: offset, until: v.optional(offset) }
const text = v.pipe(v.string(), v.minLength(1))
const change = {
  signal: text,
  multiply: v.optional(v.pipe(v.number(), v.minValue(0))),
  add: v.optional(quantity),
  set: v.optional(quantity),
  ramp: v.optional(span, '0s'),
}

const oneChange = <T extends { multiply?: unknown; add?: unknown; set?: unknown }>(effect: T) =>
  [effect.multiply, effect.add, effect.set].filter((value) => value !== undefined).length === 1

const effect = v.pipe(
  v.union([
    v.strictObject({ ...when, ...change, node: text, part: v.optional(text) }),
    v.strictObject({ ...when, ...change, pod: text, container: v.optional(text) }),
    v.strictObject({ ...when, ...change, service: text, route: v.optional(text) }),
  ]),
  v.check(oneChange, 'needs exactly one of multiply, add, set'),
)

const pods = v.variant('fault', [
  v.strictObject({
    fault: v.literal('crash-loop'),
    pod: text,
    ...when,
    lasts: span,
    exitCode: v.optional(v.number(), 1),
    reason: v.optional(text, 'Error'),
    message: v.optional(text),
  }),
  v.strictObject({ fault: v.literal('image-pull'), pod: text, ...when, message: text }),
  v.strictObject({ fault: v.literal('not-ready'), pod: text, ...when, message: text }),
])

const restart = v.strictObject({
  pod: text,
  container: v.optional(text),
  at: v.pipe(v.array(offset), v.minLength(1)),
  reason: v.optional(text, 'Error'),
  exitCode: v.optional(v.number(), 1),
  message: v.optional(text),
})

const event = v.strictObject({
  at: offset,
  about: v.strictObject({ kind: text, namespace: v.optional(text), name: text }),
  type: v.optional(v.picklist(['Normal', 'Warning']), 'Warning'),
  reason: text,
  message: text,
  from: v.optional(text, 'kubelet'),
})

const fluxChange = v.strictObject({
  at: offset,
  /** `ks/NAME` or `hr/NAME`. */
  object: v.pipe(v.string(), v.regex(/^(ks|hr)\/[a-z0-9-]+$/, 'must be ks/NAME or hr/NAME')),
  state: v.picklist(['applied', 'failed', 'stalled', 'progressing', 'waiting', 'suspended', 'resumed']),
  revision: v.optional(text),
  reason: v.optional(text),
  message: v.optional(text),
  by: v.optional(text),
  /** New images of the workloads that this revision changes: `namespace/workload: image`. */
  images: v.optional(v.record(text, text)),
})

const node = v.strictObject({
  node: text,
  ...when,
  condition: v.optional(text),
  reason: v.optional(text),
  message: v.optional(text),
  taint: v.optional(v.strictObject({ key: text, value: v.optional(text), effect: text })),
  reboot: v.optional(v.boolean()),
})

const schema = v.strictObject({
  name: v.pipe(v.string(), v.regex(/^[a-z0-9-]+$/, 'must be lower-case letters, digits and dashes')),
  title: text,
  description: v.optional(text),
  effects: v.optional(v.array(effect), []),
  pods: v.optional(v.array(pods), []),
  restarts: v.optional(v.array(restart), []),
  evictions: v.optional(
    v.array(
      v.strictObject({
        pod: v.optional(text, '*/*'),
        node: v.optional(text),
        most: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
        at: offset,
        message: text,
      }),
    ),
    [],
  ),
  events: v.optional(v.array(event), []),
  flux: v.optional(v.array(fluxChange), []),
  nodes: v.optional(v.array(node), []),
  series: v.optional(
    v.array(
      v.strictObject({
        ...when,
        name: text,
        labels: v.optional(v.record(text, v.string()), {}),
        type: v.optional(v.picklist(['gauge', 'counter']), 'gauge'),
        value: quantity,
        ramp: v.optional(span, '0s'),
      }),
    ),
    [],
  ),
  logs: v.optional(
    v.array(
      v.strictObject({
        ...when,
        pod: text,
        container: v.optional(text),
        every: span,
        stream: v.optional(v.picklist(['stdout', 'stderr']), 'stderr'),
        lines: v.pipe(v.array(text), v.minLength(1)),
      }),
    ),
    [],
  ),
  targets: v.optional(v.array(v.strictObject({ ...when, job: text, instance: v.optional(text, '*') })), []),
})

/** Offsets and spans are milliseconds; offsets count from the moment the homelab is opened, negative is before. */
export type Scenario = v.InferOutput<typeof schema>

export class ScenarioError extends Error {
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(`scenario is not valid: ${problems.join('; ')}`)
    this.name = 'ScenarioError'
    this.problems = problems
  }
}

/** Throws a ScenarioError that names every place that is wrong: `effects.0.at: …`. */
export function parseScenario(yamlText: string): Scenario {
  let data: unknown
  try {
    data = parse(yamlText)
  } catch (error) {
    throw new ScenarioError([error instanceof Error ? error.message : String(error)])
  }
  const result = v.safeParse(schema, data)
  if (result.success) return result.output
  throw new ScenarioError(result.issues.map(problem))
}

function problem(issue: v.BaseIssue<unknown>): string {
  // A union says "no option fits" at its own place; the option that came nearest says what is wrong.
  const inner = issue.issues
    ?.toSorted((a, b) => (b.path?.length ?? 0) - (a.path?.length ?? 0))
    .find(({ path }) => path !== undefined)
  return `${v.getDotPath(inner ?? issue) ?? 'the document'}: ${(inner ?? issue).message}`
}

export const scenarioNames = ['calm', 'checkout-errors', 'node-pressure', 'failed-rollout'] as const

/** A scenario that comes with the program; `read` gives the text of its file, wherever the caller keeps them. */
export function loadScenario(name: (typeof scenarioNames)[number], read: (name: string) => string): Scenario {
  return parseScenario(read(name))
}
