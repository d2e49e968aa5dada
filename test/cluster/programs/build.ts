// Builds one program from its pinned module into the user's cache folder. A build that is interrupted leaves nothing
// under the program's name: it is written beside it and renamed.
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { type Program, programFolder, releaseOf } from './catalogue.ts'
import { cacheFolder, installedPath } from './find.ts'

const execute = promisify(execFile)

/** Runs go in the program's folder. @throws Error with the end of what it printed. */
async function go(program: Program, ...args: readonly string[]): Promise<string> {
  const env = { ...process.env, GOWORK: 'off' }
  const options = { cwd: programFolder(program), env, maxBuffer: 64 * 1024 * 1024 }
  try {
    return (await execute('go', args, options)).stdout
  } catch (error) {
    const printed = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
    throw new Error(`go ${args[0]}: ${printed.trim().split('\n').slice(-15).join('\n')}`)
  }
}

/** Where the program's module lies in Go's module cache; it is fetched where it is not there yet. */
export async function moduleFolder(program: Program): Promise<string> {
  const { Dir } = JSON.parse(await go(program, 'mod', 'download', '-json', program.module)) as { Dir: string }
  return Dir
}

const unfinished = 'building-'

/** Removes what builds left that were killed. */
export async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(cacheFolder()).catch(() => [])) {
    if (!name.startsWith(unfinished)) continue
    const pid = Number(name.slice(unfinished.length).split('-')[0])
    if (!isAlive(pid)) await rm(join(cacheFolder(), name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

export async function buildProgram(program: Program): Promise<void> {
  const target = installedPath(program)
  await mkdir(dirname(target), { recursive: true })
  const work = await mkdtemp(join(cacheFolder(), `${unfinished}${process.pid}-`))
  try {
    const binary = join(work, program.name)
    const own = program.embeds === undefined ? [] : await completed(program, program.embeds, work)
    await go(
      program,
      'build',
      '-buildvcs=false',
      '-trimpath',
      `-ldflags=${linkerFlags(program)}`,
      ...(program.tags ? [`-tags=${program.tags}`] : []),
      ...own,
      `-o=${binary}`,
      [program.module, program.main].filter(Boolean).join('/'),
    )
    await rename(binary, target)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

function linkerFlags(program: Program): string {
  const variables = Object.entries(program.variables?.(releaseOf(program)) ?? {})
  return ['-s -w', ...variables.map(([name, value]) => `-X ${name}=${value}`)].join(' ')
}

/** Go's module cache may not be added to: a copy of the module with the file, and a go.mod that leads to the copy. */
async function completed(program: Program, file: string, work: string): Promise<string[]> {
  const copy = join(work, 'module')
  await cp(await moduleFolder(program), copy, { recursive: true, mode: 0 })
  await execute('chmod', ['-R', 'u+w', copy])
  await mkdir(dirname(join(copy, file)), { recursive: true })
  await writeFile(join(copy, file), '')
  const modfile = join(work, 'go.mod')
  for (const name of ['go.mod', 'go.sum']) await cp(join(programFolder(program), name), join(work, name))
  await go(program, 'mod', 'edit', `-replace=${program.module}=${copy}`, modfile)
  return [`-modfile=${modfile}`]
}
