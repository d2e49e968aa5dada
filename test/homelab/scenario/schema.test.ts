// What a scenario's YAML may say, and how it is told what it may not.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadScenario, parseScenario, ScenarioError, scenarioNames } from '#homelab/scenario/schema.ts'

const folder = new URL('../../../src/homelab/scenarios/', import.meta.url)
const read = (name: string) => readFileSync(new URL(`${name}.yaml`, folder), 'utf8')

describe('parseScenario', () => {
  it('reads offsets, spans and quantities', () => {
    const scenario = parseScenario(`
name: x
title: X
effects:
  - { node: nuc-3, part: /var, signal: filesystemUsed, set: 870Gi, at: -1h30m, ramp: 45s }
  - { service: cart, signal: errors, add: 12%, at: 2m, until: 3m }
`)
    expect(scenario.effects[0]).toMatchObject({ set: 870 * 2 ** 30, at: -5_400_000, ramp: 45_000 })
    expect(scenario.effects[1]).toMatchObject({ add: 0.12, at: 120_000, until: 180_000, ramp: 0 })
    expect(scenario.pods).toEqual([])
  })

  it.each([
    ['name: x\ntitle: X\nefects: []', 'efects'],
    ['name: x\ntitle: X\nrestarts: [{ pod: a/b, at: [soon] }]', 'restarts.0.at.0: must be an offset'],
    ['name: x\ntitle: X\npods: [{ pod: a/b, fault: sad, at: 0s }]', 'pods.0.fault'],
    [
      'name: x\ntitle: X\nflux: [{ object: apps, state: applied, at: 0s }]',
      'flux.0.object: must be ks/NAME or hr/NAME',
    ],
    [
      'name: x\ntitle: X\neffects: [{ service: a, signal: calls, at: 0s }]',
      'needs exactly one of multiply, add, set',
    ],
    ['name: X Y\ntitle: X', 'name: must be lower-case'],
    ['name: [', ''],
  ])('names what is wrong: %j', (text, problem) => {
    expect(() => parseScenario(text)).toThrow(problem)
    expect(() => parseScenario(text)).toThrow(ScenarioError)
  })
})

it.each(scenarioNames)('ships %s, valid and under its own name', (name) => {
  expect(loadScenario(name, read).name).toBe(name)
})
