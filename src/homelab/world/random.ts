// Seeded chance: the same key always gives the same number, so that a homelab is a function of its seed.

/** 32 bits of a text: FNV-1a with a final mix, so that near keys give far numbers. */
export function hash(key: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < key.length; index += 1) {
    value = Math.imul(value ^ key.charCodeAt(index), 0x01000193)
  }
  return scramble(value)
}

/** 32 bits of two integers, for what is asked per time step and must be cheap. */
function mix(a: number, b: number): number {
  return scramble(Math.imul(a, 0x9e3779b1) ^ Math.imul(b | 0, 0x85ebca6b))
}

function scramble(value: number): number {
  let mixed = value ^ (value >>> 16)
  mixed = Math.imul(mixed, 0x7feb352d)
  mixed ^= mixed >>> 15
  mixed = Math.imul(mixed, 0x846ca68b)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

/** From 0 up to 1. */
export const chance = (key: string): number => hash(key) / 0x1_0000_0000

export const chanceOf = (a: number, b: number): number => mix(a, b) / 0x1_0000_0000

export function pick<T>(items: readonly [T, ...T[]], share: number): T {
  return items[Math.floor(share * items.length)] ?? items[0]
}

// The alphabet of generated names (k8s.io/apimachinery/pkg/util/rand): no vowels, no 0, 1, 3.
const safe = 'bcdfghjklmnpqrstvwxz2456789'

/** A generated name's suffix. */
export function letters(key: string, length: number): string {
  let text = ''
  for (let index = 0; index < length; index += 1) text += safe[hash(`${key}/${index}`) % safe.length]
  return text
}

/** Lower-case hexadecimal digits: image digests, container ids, Git revisions. */
export function hex(key: string, length: number): string {
  let text = ''
  for (let index = 0; text.length < length; index += 1) {
    text += hash(`${key}#${index}`).toString(16).padStart(8, '0')
  }
  return text.slice(0, length)
}
