// Texts that a regular expression matches: its alternatives, with what stands for anything replaced by a word.
// For the expressions that dashboards have: groups, alternatives, classes and quantifiers, no look-around.

const most = 6

export function textsLike(pattern: string): readonly string[] {
  const reader = { pattern, at: 0 }
  const texts = alternatives(reader)
  return reader.at < pattern.length ? [] : texts
}

interface Reader {
  readonly pattern: string
  at: number
}

function alternatives(reader: Reader): readonly string[] {
  const found = [...sequence(reader)]
  while (reader.pattern[reader.at] === '|') {
    reader.at += 1
    found.push(...sequence(reader))
  }
  return [...new Set(found)].slice(0, most)
}

function sequence(reader: Reader): readonly string[] {
  let texts: readonly string[] = ['']
  while (reader.at < reader.pattern.length && !'|)'.includes(reader.pattern[reader.at] ?? '')) {
    const parts = quantified(atom(reader), reader)
    texts = parts.flatMap((part) => texts.map((text) => text + part)).slice(0, most)
  }
  return texts
}

const classes: Readonly<Record<string, string>> = { d: '1', w: 'a', s: ' ', S: 'a', W: '-', D: 'a', b: '' }

function atom(reader: Reader): readonly string[] {
  const sign = reader.pattern[reader.at++] ?? ''
  switch (sign) {
    case '(': {
      const opening = /^\?(?::|P?<\w+>|[a-z]+(?::|\)))/.exec(reader.pattern.slice(reader.at))?.[0] ?? ''
      reader.at += opening.length
      // `(?i)` holds for what follows and is nothing itself.
      if (opening.endsWith(')')) return ['']
      const inside = alternatives(reader)
      reader.at += 1
      return inside
    }
    case '[': {
      const end = reader.pattern.indexOf(']', reader.at + 1)
      const inside = reader.pattern.slice(reader.at, end)
      reader.at = end + 1
      const own = new RegExp(`[${inside}]`)
      return [['1', 'a', 'A', '-', '.', '/', ' '].find((one) => own.test(one)) ?? inside[0] ?? '']
    }
    case '.':
      return ['some']
    case '^':
    case '$':
      return ['']
    case '\\': {
      const next = reader.pattern[reader.at++] ?? ''
      return [classes[next] ?? next]
    }
    default:
      return [sign]
  }
}

/** Once, and where it may be left out also that. */
function quantified(parts: readonly string[], reader: Reader): readonly string[] {
  const sign = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(reader.pattern.slice(reader.at))?.[0] ?? ''
  reader.at += sign.length
  const times = Number(/^\{(\d+)/.exec(sign)?.[1] ?? 1)
  const repeated = parts.map((part) => part.repeat(times))
  return sign.startsWith('*') || sign.startsWith('?') ? [...repeated, ''] : repeated
}
