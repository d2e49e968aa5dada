// Where programs are looked for, and what the installer says without building anything.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { PROGRAMS, programOf, releaseOf } from './programs/catalogue.ts'
import { findProgram, installedPath } from './programs/find.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'obsdeck-programs-'))
  vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache'))
  vi.stubEnv('KUBEBUILDER_ASSETS', undefined)
  vi.stubEnv('PATH', [join(folder, 'old'), join(folder, 'new')].join(delimiter))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

/** A script that answers with a version. */
function program(path: string, version: string): string {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `#!/bin/sh\necho "${version}"\n`, { mode: 0o755 })
  return path
}

describe('a program', () => {
  it('is nowhere', () => {
    expect(findProgram('prometheus')).toBeUndefined()
  })

  it('on PATH has to be of the right major version', () => {
    program(join(folder, 'old/prometheus'), 'prometheus, version 2.42.0')
    expect(findProgram('prometheus')).toBeUndefined()
    const right = program(join(folder, 'new/prometheus'), 'prometheus, version 3.5.0')
    expect(findProgram('prometheus')).toBe(right)
  })

  it('on PATH that cannot be asked for its version is not taken', () => {
    program(join(folder, 'new/kwok'), 'kwok')
    expect(findProgram('kwok')).toBeUndefined()
  })

  it('in the cache folder comes before PATH, and KUBEBUILDER_ASSETS before both', () => {
    program(join(folder, 'new/etcd'), 'etcd Version: 3.5.0')
    const installed = program(installedPath(programOf('etcd')), 'etcd')
    expect(findProgram('etcd')).toBe(installed)
    const asset = program(join(folder, 'assets/etcd'), 'etcd Version: 3.6.0')
    vi.stubEnv('KUBEBUILDER_ASSETS', join(folder, 'assets'))
    expect(findProgram('etcd')).toBe(asset)
  })
})

describe('the installer', () => {
  const install = (...names: string[]) => {
    const script = join(import.meta.dirname, 'install.ts')
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...names], { encoding: 'utf8' })
    return { status, stdout, stderr }
  }

  it('says what to do where Go is missing', () => {
    expect(install()).toEqual({
      status: 2,
      stdout: '',
      stderr: 'Go is missing: install it (https://go.dev/dl, 1.26 or newer) and run this again.\n',
    })
  })

  it('has nothing to do where every program is there', () => {
    for (const one of PROGRAMS) program(installedPath(one), one.name)
    expect(install()).toEqual({ status: 0, stdout: 'Every program is there.\n', stderr: '' })
  })

  it('names the programs that it knows', () => {
    const { status, stderr } = install('kubelet')
    expect(status).toBe(2)
    expect(stderr).toMatch(/^no program kubelet; there are prometheus, etcd, /)
  })

  it('leaves nothing where a build fails', () => {
    mkdirSync(join(folder, 'new'))
    const failing = '#!/bin/sh\n[ "$1" = version ] || { echo "no module" >&2; exit 1; }\n'
    writeFileSync(join(folder, 'new/go'), failing, { mode: 0o755 })
    const { status, stderr } = install('etcd')
    expect(status).toBe(1)
    expect(stderr).toBe(`etcd ${releaseOf(programOf('etcd'))}: go build: no module\n`)
    expect(readdirSync(join(folder, 'cache/obsdeck'))).toEqual(['bin'])
    expect(readdirSync(join(folder, 'cache/obsdeck/bin'))).toEqual([])
  })
})
