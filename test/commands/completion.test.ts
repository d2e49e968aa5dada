// The completion scripts, asked by the shells themselves where they are installed.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CommandCall } from '#commands/command.ts'
import { completion } from '#commands/completion.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'obsdeck-completion-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function script(shell: string): Promise<string> {
  // The command looks at its arguments alone.
  const outcome = await completion.run({ args: [shell] } as unknown as CommandCall)
  if (outcome.view !== 'text') throw new Error('no text')
  const path = join(folder, `obsdeck.${shell}`)
  await writeFile(path, `${outcome.text}\n`)
  return path
}

const has = (shell: string) => spawnSync(shell, ['-c', 'true']).status === 0

describe.skipIf(!has('bash'))('bash', () => {
  /** What bash offers for the words, the last of which is being typed. */
  async function offered(...words: string[]): Promise<string[]> {
    const path = await script('bash')
    const quoted = words.map((word) => `'${word}'`).join(' ')
    const asked = `source '${path}'; COMP_WORDS=(obsdeck ${quoted}); COMP_CWORD=${words.length}; _obsdeck; printf '%s\\n' "\${COMPREPLY[@]}"`
    return execFileSync('bash', ['-c', asked], { encoding: 'utf8' }).split('\n').filter(Boolean)
  }

  test('commands and screens first', async () => {
    expect(await offered('q')).toEqual(['query'])
    expect(await offered('')).toEqual(expect.arrayContaining(['get', 'demo', 'config', 'pods', 'nodes']))
  })
  test('a command’s own words and flags', async () => {
    expect(await offered('completion', '')).toEqual(['bash', 'zsh', 'fish'])
    expect(await offered('demo', '--sc')).toEqual(['--scenario'])
    expect(await offered('get', 'po')).toEqual(['pods'])
    expect(await offered('query', '--sc')).toEqual([])
    expect(await offered('--name')).toEqual(['--namespace'])
  })
})

test.each(['zsh', 'fish'])('%s can read its script', async (shell) => {
  const path = await script(shell)
  if (has(shell)) expect(spawnSync(shell, ['-n', path]).status).toBe(0)
  else expect((await import('node:fs')).readFileSync(path, 'utf8')).toContain('obsdeck')
})

test('another shell is named with those there are', async () => {
  await expect(completion.run({ args: ['tcsh'] } as unknown as CommandCall)).rejects.toMatchObject({
    fix: 'one of bash, zsh, fish',
  })
})
