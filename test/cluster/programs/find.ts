// Where a program of the bed is on this machine: KUBEBUILDER_ASSETS, the user's cache folder, then PATH.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { type Program, type ProgramName, programOf, releaseOf } from './catalogue.ts'

export const cacheFolder = () => join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'obsdeck')

/** Where the installer puts it: by its release, so that a newer one is built beside an older one. */
export const installedPath = (program: Program) =>
  join(cacheFolder(), 'bin', `${program.name}-${releaseOf(program)}`)

/** Undefined where it is nowhere, or only in another major version. */
export function findProgram(name: ProgramName): string | undefined {
  const program = programOf(name)
  const { KUBEBUILDER_ASSETS, PATH = '' } = process.env
  const foreign = (folder: string) => {
    const path = join(folder, name)
    return existsSync(path) && isRightMajor(program, path) ? path : undefined
  }
  if (KUBEBUILDER_ASSETS) {
    const asset = foreign(KUBEBUILDER_ASSETS)
    if (asset !== undefined) return asset
  }
  const installed = installedPath(program)
  if (existsSync(installed)) return installed
  for (const folder of PATH.split(delimiter)) {
    const found = foreign(folder)
    if (found !== undefined) return found
  }
  return undefined
}

/** Distributions carry old majors: Debian's Prometheus is one whose PromQL differs. */
function isRightMajor(program: Program, path: string): boolean {
  if (program.says === undefined) return false
  const { stdout, stderr } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 10_000 })
  return program.says.exec(`${stdout}${stderr}`)?.[1] === releaseOf(program).split('.')[0]
}
