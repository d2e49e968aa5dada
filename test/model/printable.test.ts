// JSON and YAML that can be shown keep every character of what they print.
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { hasHidden, printableJson } from '#model/printable.ts'
import { printYaml } from '#ui/print/yaml.ts'

const hidden = ['\u009b31m', 'a\u202eb', '\u200b', '\u2028', '\u007f', '\u{e0041}x', '\u2066', 'x\u0085y']
const shown = ['plain', 'é 漢字 🙂', 'two\nlines', 'tab\t', '', '"quoted"', 'true', '- x: y']

test.each(hidden)('%j is hidden', (text) => expect(hasHidden(text)).toBe(true))
test.each(shown)('%j is shown', (text) => expect(hasHidden(text)).toBe(false))

describe.each([...hidden, ...shown, `${hidden.join('')}\u001b[2J\r\n "x"`])('%j', (text) => {
  const object = { [text]: text, list: [text, { deep: text }] }
  test.each([
    ['JSON', printableJson, (printed: string): unknown => JSON.parse(printed)],
    ['YAML', printYaml, (printed: string): unknown => parse(printed)],
  ] as const)('as %s', (_, print, read) => {
    const printed = print(object)
    expect(read(printed)).toEqual(object)
    // A tab and a line break are all that is left beside what can be seen.
    expect(printed.replace(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
  })
})

test('what JSON has no number for is named as Prometheus does, never null', () => {
  const values = [1.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  expect(JSON.parse(printableJson({ values }))).toEqual({ values: [1.5, 'NaN', '+Inf', '-Inf'] })
})
