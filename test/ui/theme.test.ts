// What roles look like without colour: weight on a terminal, nothing at all in a pipe.
import { expect, test } from 'vitest'
import { createTheme, type Role } from '#ui/theme.ts'

const esc = String.fromCharCode(27)
const plain = createTheme({ level: 0, ascii: false })
const weighed = createTheme({ level: 0, ascii: false, weights: true })

test('a pipe without colour gets the text alone', () => {
  const roles: Role[] = ['bad', 'warn', 'title', 'dim', 'off', 'series1']
  expect(roles.map((role) => plain.paint(role, 'x'))).toEqual(roles.map(() => 'x'))
})

test.each<readonly [Role, string]>([
  ['bad', `${esc}[1mx${esc}[22m`],
  ['title', `${esc}[1mx${esc}[22m`],
  ['off', `${esc}[2mx${esc}[22m`],
  ['dim', `${esc}[2mx${esc}[22m`],
  ['warn', 'x'],
  ['series3', 'x'],
])('a terminal without colour shows %s by weight', (role, text) => {
  expect(weighed.paint(role, 'x')).toBe(text)
  expect(weighed.paint(role, '')).toBe('')
})
