// argv in, command and flags out; what is mistyped is named with what was meant.
import { expect, test } from 'vitest'
import { parseArguments } from '#commands/arguments.ts'
import { UsageError } from '#commands/command.ts'
import { cockpit, commands } from '#commands/registry.ts'

const parse = (...argv: string[]) => {
  const { command, args, flags } = parseArguments(argv, commands, cockpit)
  return { command: command.name, args, flags }
}

const mistake = (...argv: string[]): UsageError => {
  try {
    parse(...argv)
  } catch (error) {
    if (error instanceof UsageError) return error
    throw error
  }
  throw new Error(`${argv.join(' ')} was accepted`)
}

test.each([
  [[], { command: '', args: [], flags: {} }],
  [['pods'], { command: '', args: ['pods'], flags: {} }],
  [['-n', 'shop', 'pods'], { command: '', args: ['pods'], flags: { namespace: 'shop' } }],
  [['get', 'pods', '-A'], { command: 'get', args: ['pods'], flags: { allNamespaces: true } }],
  [
    ['get', 'po', '-A', '-o', 'json'],
    { command: 'get', args: ['po'], flags: { allNamespaces: true, output: 'json' } },
  ],
  [['--context', 'get', 'version'], { command: 'version', args: [], flags: { context: 'get' } }],
  [['--context=home', 'get', 'pods'], { command: 'get', args: ['pods'], flags: { context: 'home' } }],
  [['query', 'sum(up)', '--since', '6h'], { command: 'query', args: ['sum(up)'], flags: { range: '6h' } }],
  [['query', '--range=6h', 'sum(up)'], { command: 'query', args: ['sum(up)'], flags: { range: '6h' } }],
  [['demo', '--seed', '7', '--serve'], { command: 'demo', args: [], flags: { seed: 7, serve: true } }],
  [['get', 'pods', '-l', 'app=web'], { command: 'get', args: ['pods'], flags: { selector: 'app=web' } }],
  [['pods', '--no-color'], { command: '', args: ['pods'], flags: { color: false } }],
  [
    ['-An', 'shop', 'get', 'pods'],
    { command: 'get', args: ['pods'], flags: { allNamespaces: true, namespace: 'shop' } },
  ],
  [['get', '-nshop', 'pods'], { command: 'get', args: ['pods'], flags: { namespace: 'shop' } }],
  [
    ['query', 'up', '-e', 'a', '--expr', 'b', '--limit', '5'],
    { command: 'query', args: ['up'], flags: { expr: ['a', 'b'], limit: 5 } },
  ],
  [['query', '--', '-up'], { command: 'query', args: ['-up'], flags: {} }],
])('%j', (argv, expected) => {
  const { flags, ...rest } = parse(...argv)
  expect({ ...rest, flags: { ...flags } }).toMatchObject(expected)
  expect(
    Object.keys(flags)
      .filter((name) => name.length > 1)
      .sort(),
  ).toEqual(Object.keys(expected.flags).sort())
})

test.each([
  [['get', '--namspace', 'x'], 'unknown flag --namspace', 'did you mean --namespace?'],
  [['demo', '--sead', '1'], 'unknown flag --sead', 'did you mean --seed?'],
  [['get', 'pods', '-n'], '-n needs a value', undefined],
  [['--range'], '--range needs a value', undefined],
  [['--range=', 'get'], '--range needs a value', undefined],
  [['get', '-Ax'], 'unknown flag -Ax', 'see obsdeck get --help'],
])('%j is a mistake', (argv, message, fix) => {
  const error = mistake(...argv)
  expect(error.message).toContain(message)
  expect(error.fix).toBe(fix)
})

test.each([
  [['get', 'pods', '-n', 'a', '-n', 'b'], 'The flag --namespace can only be set once'],
  [['query', 'up', '--range', '1h', '--since', '2h'], 'The flag --range can only be set once'],
])('a flag given twice: %j', (argv, says) => {
  expect(mistake(...argv).message).toBe(says)
})
