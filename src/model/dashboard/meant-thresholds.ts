// Which thresholds somebody meant. Grafana gives every new panel the same two, green and from 80 on red, and saves them
// with it: of a per cent they say something, of bytes, seconds or a count they say nothing.
import type { FieldConfig, Thresholds } from './field.ts'

/** The configuration without the thresholds that merely came with the panel: of their steps the first is left. */
export function withMeantThresholds(config: FieldConfig): FieldConfig {
  const { thresholds, graph } = config
  if (!isUntouched(thresholds) || isPercent(config)) return config
  // Whoever has lines drawn at them has seen where they lie.
  if (graph.thresholdLines || graph.thresholdAreas === true) return config
  return { ...config, thresholds: { ...thresholds, steps: thresholds.steps.slice(0, 1) } }
}

function isUntouched({ percent, steps }: Thresholds): boolean {
  const [base, limit, ...more] = steps
  return (
    !percent && more.length === 0 && base?.colour === 'green' && limit?.colour === 'red' && limit.from === 80
  )
}

const isPercent = ({ unit, min, max }: FieldConfig) =>
  unit === 'percent' || unit === 'percentunit' || (min === 0 && max === 100)
