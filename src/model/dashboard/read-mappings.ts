// Value mappings as they stand in a dashboard: today's four types, and the numbered ones of Grafana 7.
import { fields, isFields, items, number, numeric, text, word } from '#model/fields.ts'
import type { Mapping, MappingResult } from './field.ts'

export function readMappings(value: unknown): readonly Mapping[] {
  return items(value)
    .filter(isFields)
    .flatMap(({ type, options, ...former }) => {
      switch (type) {
        case 'value':
          return Object.entries(fields(options)).map(
            ([key, result]): Mapping => ({ type, value: key, result: readResult(result) }),
          )
        case 'range': {
          const { from, to, result } = fields(options)
          return [range(from, to, readResult(result))]
        }
        case 'regex': {
          const { pattern, result } = fields(options)
          return typeof pattern === 'string' ? [{ type, pattern, result: readResult(result) }] : []
        }
        case 'special': {
          const { match, result } = fields(options)
          return isSpecial(match) ? [{ type, match, result: readResult(result) }] : []
        }
        case 1:
          return [valueOrNull(former.value, former.text)]
        case 2:
          return [range(numeric(former.from), numeric(former.to), readResult(former))]
        default:
          return []
      }
    })
}

/** `null` as a text was the way to map what is missing. */
function valueOrNull(value: unknown, shown: unknown): Mapping {
  const result: MappingResult = typeof shown === 'string' ? { text: shown } : {}
  if (value === 'null' || value === null) return { type: 'special', match: 'null', result }
  return { type: 'value', value: word(value) ?? '', result }
}

function range(from: unknown, to: unknown, result: MappingResult): Mapping {
  return {
    type: 'range',
    from: number(from) ?? Number.NEGATIVE_INFINITY,
    to: number(to) ?? Number.POSITIVE_INFINITY,
    result,
  }
}

function readResult(value: unknown): MappingResult {
  const { text: shown, color, index } = fields(value)
  const colour = text(color)
  const order = number(index)
  return {
    ...(typeof shown === 'string' && { text: shown }),
    ...(colour !== undefined && { colour }),
    ...(order !== undefined && { order }),
  }
}

const specials = ['null', 'nan', 'null+nan', 'true', 'false', 'empty'] as const

function isSpecial(value: unknown): value is (typeof specials)[number] {
  return specials.some((one) => one === value)
}
