// What is no dashboard, or a broken one: a SourceError that says what is wrong, never anything else, never for long.
import { expect, test } from 'vitest'
import { buildPanelData } from '#model/dashboard/build-panel-data.ts'
import type { Dashboard } from '#model/dashboard/dashboard.ts'
import { layoutDashboard } from '#model/dashboard/layout.ts'
import { panelQueries } from '#model/dashboard/panel-queries.ts'
import { noState } from '#model/dashboard/variable-choice.ts'
import { optionsOf } from '#model/dashboard/variable-options.ts'
import { orderVariables } from '#model/dashboard/variable-order.ts'
import { questionOf } from '#model/dashboard/variable-question.ts'
import { SourceError } from '#model/reading.ts'
import { decodeDashboard } from '#sources/grafana/dashboard.ts'
import { fixtureText } from './decode.ts'

function failureOf(content: string): SourceError {
  try {
    decodeDashboard(content)
  } catch (error) {
    if (error instanceof SourceError) return error
    throw error
  }
  throw new Error('it was read')
}

test.each([
  ['', 'invalid', /it is no JSON/],
  ['title: YAML', 'invalid', /it is no JSON/],
  ['{"panels": [', 'invalid', /it is no JSON/],
  ['[]', 'invalid', /its JSON is no object/],
  ['7', 'invalid', /its JSON is no object/],
  ['null', 'invalid', /its JSON is no object/],
  ['{}', 'invalid', /neither panels nor rows/],
  ['{"kind": "Pod", "apiVersion": "v1", "spec": {"containers": []}}', 'invalid', /neither panels nor rows/],
  ['{"panels": "many", "title": "x"}', 'invalid', /neither panels nor rows/],
  ['{"dashboard": []}', 'invalid', /neither panels nor rows/],
  ['{"elements": {}, "layout": {}}', 'invalid', /schema v2/],
  [
    '{"apiVersion": "dashboard.grafana.app/v2", "spec": {"elements": {}, "layout": {}}}',
    'invalid',
    /schema v2/,
  ],
])('%j is refused', (content, reason, detail) => {
  const failure = failureOf(content)
  expect(failure.reason).toBe(reason)
  expect(failure.detail).toMatch(detail)
})

test('a dashboard without panels is one, if it says so', () => {
  expect(decodeDashboard('{"title": "Empty", "schemaVersion": 39}').rows).toEqual([])
})

const big = (panel: string, count: number) =>
  `{"title":"Big","panels":[${Array(count).fill(panel).join(',')}]}`

test('2 MB are refused by their size, whatever is in them', () => {
  expect(
    failureOf(big(JSON.stringify({ type: 'text', options: { content: 'x'.repeat(1000) } }), 2000)),
  ).toMatchObject({
    reason: 'too-many',
    detail: 'the dashboard has 2.1 MB, more than the 2 MB that are read',
  })
})

test.each([
  ['panels', big('{}', 600_000)],
  [
    'variables',
    JSON.stringify({ title: 'x', panels: [], templating: { list: Array(50_000).fill({ name: 'x' }) } }),
  ],
  ['panels', JSON.stringify({ title: 'x', panels: [{ type: 'row', panels: Array(100_000).fill({}) }] })],
  ['panels', JSON.stringify({ title: 'x', rows: [{ panels: Array(100_000).fill({}) }] })],
])('too many %s are refused before any is read', (of, content) => {
  expect(failureOf(content)).toMatchObject({ reason: 'too-many', detail: expect.stringContaining(of) })
})

test('wrappers within wrappers, and brackets without end, are refused', () => {
  expect(failureOf(`${'{"dashboard":'.repeat(5000)}{}${'}'.repeat(5000)}`).reason).toBe('invalid')
  expect(failureOf('['.repeat(1_000_000)).reason).toBe('invalid')
})

/** All that is done with a dashboard before anything is asked, and with an answer to each query. */
function use(dashboard: Dashboard): void {
  const scope = { variables: dashboard.variables, state: noState, macros: {}, repeated: {} }
  const { waves, circular } = orderVariables(dashboard.variables)
  for (const variable of [...waves.flat(), ...circular]) {
    questionOf(variable, scope)
    optionsOf(variable, { kind: 'names', names: ['node-1', 'a', 'constructor', ''] })
  }
  const context = { scope, from: 0, to: 3_600_000, columns: 80, scrape: 60_000, dashboard: dashboard.title }
  for (const { panels } of layoutDashboard(dashboard, scope))
    for (const panel of panels) {
      const results = panelQueries(panel, context).map((query) => ({
        query,
        answer: {
          type: 'matrix' as const,
          series: [
            {
              labels: { le: '1', ['__proto__']: 'x', device: 'sda' },
              times: [0, query.step],
              values: [1, Number.NaN],
            },
          ],
          warnings: [],
        },
      }))
      buildPanelData(panel, results, context)
    }
}

/** Numbers that are the same each time. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const strange: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  '',
  'constructor',
  '__proto__',
  '$node',
  '(a+)+$',
  '/[/',
  [],
  {},
  [null],
  [[[]]],
  { toString: 1 },
  'x'.repeat(2000),
  Array(50).fill({}),
  { id: 'byName', options: {} },
  '-- Mixed --',
]

/** Replaces, removes and doubles parts of the JSON. */
function mutated(value: unknown, rate: number, next: () => number): unknown {
  if (next() < rate) return strange[Math.floor(next() * strange.length)]
  if (Array.isArray(value)) {
    const parts = value.map((part) => mutated(part, rate, next))
    return next() < rate ? [...parts, ...parts] : parts
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(() => next() >= rate)
  return Object.fromEntries(entries.map(([key, part]) => [key, mutated(part, rate, next)]))
}

function tryOut(content: string): 'read' | 'refused' {
  try {
    use(decodeDashboard(content))
    return 'read'
  } catch (error) {
    if (error instanceof SourceError) return 'refused'
    throw new Error(`${content.slice(0, 2000)}`, { cause: error })
  }
}

test.each(['every-panel', 'former-schema'])(
  '%s with parts exchanged is read or refused, nothing else',
  (name) => {
    const json: unknown = JSON.parse(fixtureText(name))
    const counts = { read: 0, refused: 0 }
    for (let seed = 1; seed <= 400; seed++) {
      const next = random(seed)
      counts[tryOut(JSON.stringify(mutated(json, [0.002, 0.01, 0.05][seed % 3] ?? 0, next)))]++
    }
    // Most remain dashboards: else the mutations would test only the first check.
    expect(counts.read).toBeGreaterThan(200)
  },
)

test.each(['every-panel', 'former-schema'])(
  '%s with letters exchanged is read or refused, nothing else',
  (name) => {
    const text = fixtureText(name)
    const letters = '{}[]",:0-eE.\\n$'
    const counts = { read: 0, refused: 0 }
    for (let seed = 1; seed <= 300; seed++) {
      const next = random(seed)
      const at = Math.floor(next() * text.length)
      const letter = letters[Math.floor(next() * letters.length)] ?? ''
      counts[tryOut(text.slice(0, at) + letter + text.slice(at + 1))]++
    }
    expect(counts.read).toBeGreaterThan(50)
    expect(counts.refused).toBeGreaterThan(50)
  },
)
