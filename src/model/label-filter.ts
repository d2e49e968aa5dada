// Label selectors in kubectl's grammar: `app=web,tier!=db,env in (a,b),env notin (c),canary,!legacy`.

export type LabelTest = (labels: Readonly<Record<string, string>>) => boolean

export type ParsedLabels = { readonly tests: readonly LabelTest[] } | { readonly problem: string }

/** Every part must hold. As in kubectl, `!=` and `notin` also hold where the label is absent. */
export function parseLabels(text: string): ParsedLabels {
  const tests: LabelTest[] = []
  for (const part of splitParts(text)) {
    const test = parsePart(part)
    if (!test) return { problem: `"${part}" is no label selector: use key=value, key!=value, key in (a,b)` }
    tests.push(test)
  }
  return { tests }
}

/** At the commas outside parentheses. */
function splitParts(text: string): readonly string[] {
  return text
    .split(/,(?![^(]*\))/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

const key = String.raw`([A-Za-z0-9](?:[\w./-]*[A-Za-z0-9])?)`
const set = new RegExp(String.raw`^${key}\s+(in|notin)\s*\(([^()]*)\)$`)
const equality = new RegExp(String.raw`^${key}\s*(==|!=|=)\s*([\w.-]*)$`)
const presence = new RegExp(`^(!?)\\s*${key}$`)

function parsePart(part: string): LabelTest | undefined {
  const inSet = set.exec(part)
  if (inSet) {
    const [, name = '', operator, list = ''] = inSet
    const values = new Set(list.split(',').map((value) => value.trim()))
    if (operator === 'in') return (labels) => labels[name] !== undefined && values.has(labels[name])
    return (labels) => labels[name] === undefined || !values.has(labels[name])
  }
  const equal = equality.exec(part)
  if (equal) {
    const [, name = '', operator, value] = equal
    return operator === '!=' ? (labels) => labels[name] !== value : (labels) => labels[name] === value
  }
  const present = presence.exec(part)
  if (!present) return undefined
  const [, not, name = ''] = present
  return not === '!' ? (labels) => labels[name] === undefined : (labels) => labels[name] !== undefined
}
