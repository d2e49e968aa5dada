// Text from the cluster can be anybody's: nothing of it reaches the terminal as a control sequence, and it does not
// push the rows about. Checked on the raw bytes that the real program writes.
import stringWidth from 'string-width'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type HostileHomelab, names, serveHostile } from './hostile-homelab.ts'
import { type Program, startProgram, until } from './pty.ts'
import { launcher, runProgram } from './served-homelab.ts'

let homelab: HostileHomelab
const programs: Program[] = []
beforeAll(async () => {
  homelab = await serveHostile()
})
afterEach(async () => {
  await Promise.all(programs.splice(0).map((program) => program.end()))
})
afterAll(() => homelab.stop())

const char = String.fromCharCode
// All that the program itself has reason to send: colours, cursor, erasing, and the modes it sets and undoes
// (alternate screen, cursor, wrapping, paste, synchronized output, keyboard protocol), and its question for the last.
const own = new RegExp(
  `${char(27)}\\[(?:[\\d;]*[mABCDEFGHJKd]|\\?(?:1049|25|7|2004|2026|1004)[hl]|[?>=<][\\d;]*u|c)|${char(27)}[78]`,
  'g',
)
const strange = new RegExp(
  `[${char(0)}-${char(9)}${char(11)}${char(12)}${char(14)}-${char(31)}${char(127)}-${char(159)}\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2069]`,
)

/** What is left of the raw bytes without our own sequences: there must be no control or bidi character in it. */
function foreign(written: string): string[] {
  const rest = written.replaceAll(own, '')
  return rest.split(/\r?\n/).filter((line) => strange.test(line) || line.includes('\r'))
}

/** Overline is never ours: its SGR would pass as a colour. */
const overlined = (written: string) => new RegExp(`${char(27)}\\[(?:\\d+;)*53m`).test(written)

function expectHarmless(written: string): void {
  expect(foreign(written)).toEqual([])
  expect(overlined(written)).toBe(false)
}

async function open(...args: string[]): Promise<Program> {
  const program = startProgram(process.execPath, [launcher, ...args], {
    columns: 130,
    rows: 45,
    env: { KUBECONFIG: homelab.kubeconfig },
  })
  programs.push(program)
  await until(program, 'live data', () => /nodes 5\/5|\(\d+\)/.test(program.text()))
  return program
}

/** Lines wider than the terminal; this terminal draws a pictograph in one cell, others in two. */
const linesFit = (program: Program) =>
  program.lines().filter((line) => stringWidth(line.replace(/\p{Extended_Pictographic}/gu, 'x')) > 130)

/** Where a word stands, in cells; -1 where it does not. */
function cellOf(line: string, word: string): number {
  const at = line.indexOf(word)
  return at < 0 ? -1 : stringWidth(line.slice(0, at))
}

describe('in the cockpit', () => {
  test('overview', async () => {
    const program = await open()
    await until(program, 'what is wrong', () => /shop\/checkout/.test(program.text()))
    await until(program, 'the evicted pods', () => /evil-/.test(program.text()))
    expectHarmless(program.written())
    expect(linesFit(program)).toEqual([])
  })

  test('pods, in line', async () => {
    const program = await open('pods', '-n', 'shop')
    await until(
      program,
      'the hostile pods',
      () => /evil-/.test(program.text()) && /wide-/.test(program.text()),
    )
    expectHarmless(program.written())
    const lines = program.lines()
    const header = lines.find((line) => /ready +status/.test(line)) ?? ''
    const status = cellOf(header, 'status')
    const rows = lines.filter((line) => /evil-|wide-|long-|cart-/.test(line))
    expect(rows.length).toBeGreaterThanOrEqual(5)
    for (const row of rows) {
      const word = row.includes('Running') ? 'Running' : 'Evicted'
      expect(cellOf(row, word), row).toBe(status)
    }
    // A name that is too long loses its middle, never its end.
    expect(rows.some((row) => /long-x+…x*-end/.test(row))).toBe(true)
    expect(linesFit(program)).toEqual([])
  })

  test.each([
    ['the one with control sequences', 'evil', /evil-.*end/],
    ['the wide one', 'wide', /日本語/],
    ['the long one', 'long', /long-x+/],
  ])('detail and YAML of %s', async (_, filter, shows) => {
    const program = await open('pods', '-n', 'shop')
    await until(program, 'the hostile pods', () => /evil-/.test(program.text()))
    program.write(`/${filter}\r`)
    await until(program, 'one pod', () => /\(1 of \d+\)/.test(program.text()))
    program.write('\r')
    await until(program, 'detail', () => !/\(1 of \d+\)/.test(program.text()) && shows.test(program.text()))
    await until(program, 'its status', () => /Evicted|Failed/.test(program.text()))
    expect(linesFit(program)).toEqual([])
    program.write('y')
    await until(program, 'YAML', () => /apiVersion: v1/.test(program.text()))
    program.write('G')
    await until(program, 'the end of it', () => /phase: Failed|reason: /.test(program.text()))
    expectHarmless(program.written())
    expect(linesFit(program)).toEqual([])
  })

  test('events', async () => {
    const program = await open('events', '-n', 'shop')
    await until(program, 'the event', () => /Evil/.test(program.text()))
    expectHarmless(program.written())
    expect(linesFit(program)).toEqual([])
  })

  test('logs', async () => {
    const program = await open('pods', '-n', 'shop')
    await until(program, 'pods', () => /cart-/.test(program.text()))
    program.write('/cart-\r')
    await until(program, 'cart alone', () => /of \d+\)/.test(program.text()))
    program.write('l')
    await until(
      program,
      'the lines',
      () => /line over.*txt\.exe/.test(program.text()) && /日本語/.test(program.text()),
    )
    expectHarmless(program.written())
    expect(linesFit(program)).toEqual([])
  })
})

describe('printed', () => {
  const run = (...args: string[]) => runProgram(args, { KUBECONFIG: homelab.kubeconfig })

  test('get pods keeps its columns', async () => {
    const { code, out } = await run('get', 'pods', '-n', 'shop')
    expect(code).toBe(0)
    expectHarmless(out)
    const [header = '', ...rows] = out.trimEnd().split('\n')
    const status = cellOf(header, 'STATUS')
    expect(rows.some((row) => row.startsWith(names.long))).toBe(true)
    for (const row of rows) expect(row).toMatch(/^(evil-|wide-|long-|[a-z]+-)/)
    const places = rows.map((row) =>
      cellOf(
        row,
        row.includes('Evicted')
          ? 'Evicted'
          : (/ (Running|CrashLoopBackOff|Error|Completed) /.exec(row)?.[1] ?? 'none'),
      ),
    )
    expect([...new Set(places)]).toEqual([status])
  })

  test.each([
    [['get', 'pods', '-n', 'shop', '-o', 'wide']],
    [['get', 'events', '-n', 'shop']],
    [['get', 'flux', '-A']],
    [['get', 'configmaps', '-A']],
    [['get', 'pod', names.long, '-n', 'shop']],
    [['get', 'pod', names.wide, '-n', 'shop']],
    [['get', 'pod', names.attack, '-n', 'shop', '-o', 'yaml']],
    [['get', 'pod', names.attack, '-n', 'shop', '-o', 'json']],
    [['query', 'evil_metric']],
    [['query', 'evil_metric', '-o', 'csv']],
    [['query', 'evil_metric', '--range', '1h']],
    [[]],
  ])('%j', async (args) => {
    const { code, out, err } = await run(...args)
    // The overview has something critical to say of this homelab.
    expect({ code, err }).toEqual({ code: args.length === 0 ? 1 : 0, err: '' })
    expectHarmless(out)
  })

  test('a name in an error', async () => {
    const { code, out, err } = await run('get', 'pod', `no${names.attack}`, '-n', 'shop')
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expectHarmless(err)
  })
})
