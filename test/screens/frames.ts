// Golden frames: a changed one is written with UPDATE_FRAMES=1 and read before it is kept.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect } from 'vitest'

const frames = join(import.meta.dirname, '../frames')
const update = process.env.UPDATE_FRAMES === '1'

export const sizes = [
  [80, 24],
  [120, 40],
  [200, 50],
] as const

/** `name` is `<screen>/<state>@<cols>x<rows>`. Every line is within the width whatever it shows. */
export function expectFrame(name: string, text: string, columns: number): void {
  expect(text.split('\n').filter((line) => [...line].length > columns)).toEqual([])
  const file = join(frames, `${name}.txt`)
  if (update || !existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, `${text}\n`)
    if (!update) expect.fail(`${file} did not exist: read it, then run again`)
  }
  expect(`${text}\n`).toBe(readFileSync(file, 'utf8'))
}
