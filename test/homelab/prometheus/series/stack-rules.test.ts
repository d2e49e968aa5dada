import { parser } from '@prometheus-io/lezer-promql'
import { describe, expect, it } from 'vitest'
import { createStorage } from '#homelab/prometheus/series/storage.ts'
import { stackRules } from '#homelab/prometheus/stack-rules/stack-rules.ts'
import { BEGAN, MINUTE } from './fixture.ts'
import { stack } from './stack.ts'

const rules = stackRules.flatMap((group) => group.rules)
const nameOf = (rule: (typeof rules)[number]) => ('alert' in rule ? rule.alert : rule.record)

/** What the parser finds in an expression: broken places, and the metrics it names. */
function read(expr: string) {
  const metrics = new Set<string>()
  let broken = false
  parser.parse(expr).iterate({
    enter(node) {
      if (node.type.isError) broken = true
      if (node.name === 'Identifier' && node.node.parent?.name === 'VectorSelector') {
        metrics.add(expr.slice(node.from, node.to))
      }
    },
  })
  return { broken, metrics }
}

describe('the rules of the stack', () => {
  it('are written in PromQL', () => {
    expect(rules.filter((rule) => read(rule.expr).broken).map(nameOf)).toEqual([])
  })

  it('query only series that the homelab has or that a rule records', () => {
    const { world, clock } = stack()
    clock.advance(MINUTE)
    const known = new Set([
      ...createStorage(world).metadata().keys(),
      ...createStorage(world).labelValues('__name__', [], BEGAN, clock.now()),
      ...rules.map((rule) => ('record' in rule ? rule.record : '')),
      'ALERTS',
    ])
    const missing = rules.flatMap((rule) =>
      [...read(rule.expr).metrics].filter((metric) => !known.has(metric)),
    )
    expect(missing).toEqual([])
    expect(read('up == 0').metrics).toEqual(new Set(['up']))
  })

  it('tell of every alert its severity, its category, and what it means', () => {
    for (const rule of rules) {
      if (!('alert' in rule)) continue
      expect(rule.labels?.severity, rule.alert).toMatch(/^(critical|warning|info|none)$/)
      expect(rule.labels?.category, rule.alert).toMatch(/^(infrastructure|application|security)$/)
      expect(rule.annotations?.summary, rule.alert).toBeTruthy()
      expect(rule.annotations?.description, rule.alert).toBeTruthy()
    }
  })

  it('have unique group names', () => {
    const names = stackRules.map((group) => group.name)
    expect(new Set(names).size).toBe(names.length)
  })
})
