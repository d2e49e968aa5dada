// What a Flux object applied, in words.
import { expect, test } from 'vitest'
import { revisionNow, revisionWords, shortRevision } from '#model/revision-words.ts'

const sha = '9f3c2e1a0b4d5c6e7f8091a2b3c4d5e6f7081920'
const before = 'main@sha1:1b77aa0a0b4d5c6e7f8091a2b3c4d5e6f7081920'

test.each([
  [`main@sha1:${sha}`, '9f3c2e1'],
  [sha, '9f3c2e1'],
  ['1.20.1', '1.20.1'],
  ['v3.2.1@sha256:9f3c2e1a0b4d5c6e7f8091a2b3c4d5e6f70819209f3c2e1a0b4d5c6e7f809112', 'v3.2.1'],
])('revision %s', (long, short) => {
  expect(shortRevision(long)).toBe(short)
})

test.each([
  [{}, 'applied', 'applied'],
  [{ changeFailed: true as const }, 'failed', 'failed'],
  [{ revision: '1.20.1' }, '1.20.1', '1.20.1'],
  [{ revision: '1.20.1', changedFrom: '1.20.1' }, '1.20.1', '1.20.1'],
  [{ revision: `main@sha1:${sha}`, changedFrom: before }, '1b77aa0 → 9f3c2e1', '9f3c2e1'],
  [
    { revision: '0.12.0', changedFrom: '0.11.2', changeFailed: true as const },
    '0.11.2 → 0.12.0 failed',
    '0.12.0 failed',
  ],
])('%j', (row, words, now) => {
  expect(revisionWords(row)).toBe(words)
  expect(revisionNow(row)).toBe(now)
})
