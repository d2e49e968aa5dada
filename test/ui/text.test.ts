import { describe, expect, test } from 'vitest'
import { clean, clip, pad, spread, width, wrap } from '#ui/text.ts'

describe('clean', () => {
  test.each([
    ['plain text stays', 'plain text stays'],
    ['\u001b[31mred\u001b[0m', 'red'],
    ['\u001b]0;title\u0007after', 'after'],
    ['\u001b]8;;http://evil\u001b\\link\u001b]8;;\u001b\\', 'link'],
    ['\u001bP1$qm\u001b\\x', 'x'],
    ['\u009b2Jgone', 'gone'],
    ['\u001bcreset', 'reset'],
    ['a\tb\r\nc', 'a b c'],
    ['user\u202egnp.exe', 'usergnp.exe'],
    ['a\u2066b\u2069c\u200bd\ufeff', 'abcd'],
    ['warn \u26a0\ufe0f', 'warn \u26a0'],
    ['\u0000\u0007\u0008x\u007f', 'x'],
    ['grün → 日本', 'grün → 日本'],
  ])('%j becomes %j', (text, expected) => {
    expect(clean(text)).toBe(expected)
  })

  test('a control string that never ends hides nothing of the line', () => {
    expect(clean('\u001b]0;error: disk full')).toBe('0;error: disk full')
  })

  test('no control or format character survives, whatever comes', () => {
    let seed = 7
    for (let round = 0; round < 2000; round++) {
      let text = ''
      for (let index = 0; index < 12; index++) {
        seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
        text += String.fromCodePoint([0x1b, 0x5b, 0x9b, 0x5d, 0x07, 0x202e, 0x41, 0x3b, 0x6d][seed % 9] ?? 0)
      }
      expect(clean(text)).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    }
  })
})

test('width counts cells, not units, and no colour codes', () => {
  expect(width('abc')).toBe(3)
  expect(width('日本')).toBe(4)
  expect(width('\u001b[31m✗\u001b[39m')).toBe(1)
  expect(width('✗▲●○◌·→…–⣿█')).toBe(11)
})

describe('clip', () => {
  test.each([
    ['short', 10, 'end', 'short'],
    ['a long sentence', 8, 'end', 'a long …'],
    ['payment-service-7d9f8-x2x4z', 20, 'middle', 'payment…-7d9f8-x2x4z'],
    ['日本語テキスト', 7, 'end', '日本語…'],
    ['日本語テキスト', 6, 'middle', '日…ト'],
    ['abc', 1, 'end', 'a'],
    ['abc', 0, 'end', ''],
  ] as const)('%s in %i cells, cut at the %s', (text, cells, cut, expected) => {
    const result = clip(text, cells, cut)
    expect(result).toBe(expected)
    expect(width(result)).toBeLessThanOrEqual(cells)
  })
})

test('pad fills to the cells on either side and leaves what is wider', () => {
  expect(pad('ab', 4)).toBe('ab  ')
  expect(pad('ab', 4, 'right')).toBe('  ab')
  expect(pad('日本', 5)).toBe('日本 ')
  expect(pad('abcdef', 4)).toBe('abcdef')
})

test('spread keeps the right part and cuts the left one', () => {
  expect(spread('left', 'right', 12)).toBe('left   right')
  expect(spread('a very long left part', 'right', 12)).toBe('a ver… right')
})

test('wrap breaks at words, and words that are too long', () => {
  expect(wrap('no metrics: services/proxy forbidden', 16)).toEqual([
    'no metrics:',
    'services/proxy',
    'forbidden',
  ])
  expect(wrap('abcdefghij k', 4)).toEqual(['abcd', 'efgh', 'ij k'])
  expect(wrap('', 4)).toEqual([''])
})
