// `npm run test:cluster:install`: builds the programs of the bed that this machine does not have yet; names as
// arguments build only those.
import { spawnSync } from 'node:child_process'
import { buildProgram, removeAbandoned } from './programs/build.ts'
import { PROGRAMS, type Program, type ProgramName, releaseOf } from './programs/catalogue.ts'
import { findProgram } from './programs/find.ts'

const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(0)} s`

async function install(wanted: readonly string[]): Promise<number> {
  const known: readonly Program[] = PROGRAMS
  const unknown = wanted.find((name) => !known.some((program) => program.name === name))
  if (unknown !== undefined) {
    console.error(`no program ${unknown}; there are ${known.map(({ name }) => name).join(', ')}`)
    return 2
  }
  const missing = known
    .filter(({ name, byHand }) => (wanted.length > 0 ? wanted.includes(name) : !byHand))
    .filter(({ name }) => findProgram(name as ProgramName) === undefined)
  if (missing.length > 0 && spawnSync('go', ['version']).error) {
    console.error('Go is missing: install it (https://go.dev/dl, 1.26 or newer) and run this again.')
    return 2
  }
  const begun = performance.now()
  await removeAbandoned()
  for (const program of missing) {
    const since = performance.now()
    try {
      await buildProgram(program)
    } catch (error) {
      console.error(
        `${program.name} ${releaseOf(program)}: ${error instanceof Error ? error.message : error}`,
      )
      return 1
    }
    console.log(`${program.name} ${releaseOf(program)}: built in ${seconds(since)}`)
  }
  console.log(missing.length === 0 ? 'Every program is there.' : `All there after ${seconds(begun)}.`)
  return 0
}

process.exitCode = await install(process.argv.slice(2))
