// Value mappings: a text and a colour in the place of a value.
import type { Mapping, MappingResult, Value } from './field.ts'
import { safeRegex } from './safe-regex.ts'

/** The first mapping that fits, with the text that it gives; undefined where none does. */
export function mapValue(value: Value, mappings: readonly Mapping[]): MappingResult | undefined {
  for (const mapping of mappings) {
    const result = resultOf(value, mapping)
    if (result !== undefined) return result
  }
  return undefined
}

function resultOf(value: Value, mapping: Mapping): MappingResult | undefined {
  switch (mapping.type) {
    case 'value':
      return value !== undefined && String(value) === mapping.value ? mapping.result : undefined
    case 'range': {
      const number = typeof value === 'string' ? Number.parseFloat(value) : value
      const within = number !== undefined && number >= mapping.from && number <= mapping.to
      return within ? mapping.result : undefined
    }
    case 'regex':
      return typeof value === 'string' ? byRegex(value, mapping.pattern, mapping.result) : undefined
    case 'special':
      return isSpecial(value, mapping.match) ? mapping.result : undefined
  }
}

/** The text may use the groups of the pattern: `$1`. */
function byRegex(value: string, pattern: string, result: MappingResult): MappingResult | undefined {
  const regex = safeRegex(pattern, 'anywhere')
  if (!regex?.test(value)) return undefined
  return result.text === undefined ? result : { ...result, text: regex.replace(value, result.text) }
}

function isSpecial(value: Value, match: Extract<Mapping, { type: 'special' }>['match']): boolean {
  const isNull = value === undefined
  const isNan = typeof value === 'number' && Number.isNaN(value)
  switch (match) {
    case 'null':
      return isNull
    case 'nan':
      return isNan
    case 'null+nan':
      return isNull || isNan
    case 'empty':
      return value === ''
    case 'true':
      return value === 'true'
    case 'false':
      return value === 'false'
  }
}
