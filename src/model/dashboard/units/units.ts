// A unit id's format, the ones with a parameter included: `suffix:pods`, `prefix:v`, `si:mF`, `currency:kr`.
import { countOf, currency, decimalPrefix } from './scaled.ts'
import { before, behind, plain, unitTable, yesOrNo } from './unit-table.ts'
import type { UnitFormat } from './written.ts'

/** An id that nobody knows is written behind the number, as Grafana does. */
export function unitFormat(id: string | undefined): UnitFormat {
  if (id === undefined || id === '') return plain
  return unitTable.get(id) ?? withParameter(id) ?? behind(id)
}

function withParameter(id: string): UnitFormat | undefined {
  const colon = id.indexOf(':')
  if (colon <= 0) return undefined
  const rest = id.slice(colon + 1)
  switch (id.slice(0, colon)) {
    case 'prefix':
      return before(rest)
    case 'suffix':
      return behind(rest)
    case 'time':
      return unitTable.get('dateTimeAsIso')
    case 'si':
      return si(rest)
    case 'count':
      return countOf(rest)
    case 'currency':
      return ofCurrency(rest)
    case 'bool': {
      const slash = rest.indexOf('/')
      return slash < 0 ? yesOrNo(rest, '-') : yesOrNo(rest.slice(0, slash), rest.slice(slash + 1))
    }
    default:
      return undefined
  }
}

/** `currency:€`, or `currency:financial:€`. */
function ofCurrency(parameter: string): UnitFormat {
  const parts = parameter.split(':')
  return currency(parts[1] ?? parts[0] ?? '', parts[2] === 'suffix' ? 'behind' : 'before')
}

const powers: Readonly<Record<string, number>> = {
  f: -5,
  p: -4,
  n: -3,
  µ: -2,
  μ: -2,
  m: -1,
  k: 1,
  M: 2,
  G: 3,
  T: 4,
}

/** The first letter is a prefix where one of them is followed by a unit: `mF` is in thousandths of a farad. */
function si(unit: string): UnitFormat {
  const power = unit.length > 1 ? powers[unit[0] ?? ''] : undefined
  return power === undefined ? decimalPrefix(unit) : decimalPrefix(unit.slice(1), power)
}
