// Where settings come from: flag over environment over file over default, and what is said of a bad one.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig } from '#commands/config-file.ts'
import { findSettings, typeSettings } from '#commands/settings.ts'

const file = { path: '/etc/x.yaml', values: { range: '6h', ascii: 'true' } }
const found = (flags: Record<string, string | boolean>, env: Record<string, string> = {}) =>
  Object.fromEntries(
    findSettings({ flags, env, file }).map(({ name, value, origin }) => [name, `${value} ${origin}`]),
  )

test('each place is asked in its order', () => {
  expect(found({}).range).toBe('6h /etc/x.yaml')
  expect(found({}, { OBSDECK_RANGE: '2h' }).range).toBe('2h OBSDECK_RANGE')
  expect(found({ range: '15m' }, { OBSDECK_RANGE: '2h' }).range).toBe('15m --range')
  expect(found({}).timeout).toBe('10s default')
})

test('NO_COLOR stands above the file and below what was asked for', () => {
  const coloured = { path: 'f', values: { color: 'true' } }
  const color = (flags: Record<string, string | boolean>, env: Record<string, string>) =>
    findSettings({ flags, env, file: coloured }).find(({ name }) => name === 'color')
  expect(color({}, { NO_COLOR: '1' })?.origin).toBe('NO_COLOR')
  expect(color({ color: '256' }, { NO_COLOR: '1' })?.value).toBe('256')
  expect(color({ color: false }, {})).toMatchObject({ value: 'never', origin: '--no-color' })
})

test.each([
  [{ TERM: 'xterm' }, 1],
  [{ TERM: 'xterm-256color' }, 2],
  [{ TERM: 'xterm-256color', COLORTERM: 'truecolor' }, 3],
  [{ TERM: 'dumb' }, 0],
  [{}, 0],
  [{ TERM: 'xterm-256color', NO_COLOR: '1' }, 0],
])('colours of %j', (env, level) => {
  const all = findSettings({ flags: {}, env, file: { path: '', values: {} } })
  expect(typeSettings(all, {}, env, 0).colour).toBe(level)
})

test('-A stands over a namespace, wherever that comes from', () => {
  const all = findSettings({
    flags: { namespace: 'shop' },
    env: {},
    file: { path: 'f', values: { namespace: 'home' } },
  })
  expect(typeSettings(all, {}, {}, 0).namespace).toBe('shop')
  expect(typeSettings(all, { allNamespaces: true }, {}, 0)).not.toHaveProperty('namespace')
})

test('a time-out longer than a timer can count is a long one, not none', () => {
  const all = findSettings({ flags: { timeout: '60d' }, env: {}, file: { path: '', values: {} } })
  expect(typeSettings(all, {}, {}, 0).timeout).toBeLessThan(2 ** 31)
})

test('a value that does not parse names where it stands', () => {
  const all = findSettings({ flags: {}, env: { OBSDECK_RANGE: 'soon' }, file: { path: '', values: {} } })
  expect(() => typeSettings(all, {}, {}, 0)).toThrow('OBSDECK_RANGE: soon is no duration')
})

test('a range may end in the past, by an offset or by the local clocks, and not in the future', () => {
  const now = Date.UTC(2026, 10, 22, 12)
  const typed = (range: string) =>
    typeSettings(findSettings({ flags: { range }, env: {}, file: { path: '', values: {} } }), {}, {}, now)
      .range
  expect(typed('6h')).toEqual({ span: 6 * 3_600_000 })
  expect(typed('1h 2026-11-22T03:12:00Z')).toEqual({ span: 3_600_000, to: Date.UTC(2026, 10, 22, 3, 12) })
  expect(typed('1h 2026-11-20 03:12')).toEqual({
    span: 3_600_000,
    to: new Date(2026, 10, 20, 3, 12).getTime(),
  })
  expect(() => typed('1h 2027-01-01')).toThrow('--range: 2027-01-01 is yet to come')
  expect(() => typed('1h yesterday')).toThrow('--range: yesterday is no time')
})

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'obsdeck-test-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function config(text: string) {
  const path = join(folder, 'config.yaml')
  await writeFile(path, text)
  return readConfig(path)
}

test('the config file gives plain values as text', async () => {
  expect((await config('range: 6h\nread-only: true\n')).values).toEqual({ range: '6h', 'read-only': 'true' })
  expect((await config('')).values).toEqual({})
  expect((await readConfig(join(folder, 'none.yaml'))).values).toEqual({})
})

test('the config file’s mistakes are named', async () => {
  await expect(config('rang: 6h')).rejects.toMatchObject({
    message: expect.stringContaining('unknown key "rang"'),
    fix: 'did you mean "range"?',
  })
  await expect(config('range: [1]')).rejects.toThrow('"range" must be a plain value')
  await expect(config('range: "6h')).rejects.toThrow('is not YAML')
  await expect(config('- a')).rejects.toThrow()
})
