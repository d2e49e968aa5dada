// The scenarios that come with the package, and those in files of one's own.
import { readdir, readFile } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { UsageError } from '#commands/command.ts'
import { parseScenario, type Scenario } from '#homelab/scenario/schema.ts'
import { nearest } from '#model/nearest.ts'

/** Beside the bundle in the package, in the homelab's own folder in a checkout. */
const folders = ['./scenarios/', '../homelab/scenarios/'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
)

async function shipped(): Promise<{ folder: string; names: string[] }> {
  for (const folder of folders) {
    const files = await readdir(folder).catch(() => [])
    const names = files.filter((file) => file.endsWith('.yaml')).map((file) => file.slice(0, -5))
    if (names.length > 0) return { folder, names: names.sort() }
  }
  return { folder: '', names: [] }
}

export async function listScenarios(): Promise<{ name: string; title: string }[]> {
  const { folder, names } = await shipped()
  return Promise.all(
    names.map(async (name) => {
      const { title } = parseScenario(await readFile(join(folder, `${name}.yaml`), 'utf8'))
      return { name, title }
    }),
  )
}

/** A scenario by name, or from a file where the word has a dot or a slash. */
export async function readScenario(word: string, cwd: string): Promise<Scenario> {
  if (/[./]/.test(word)) {
    const path = isAbsolute(word) ? word : join(cwd, word)
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      throw new UsageError(`scenario ${word} cannot be read: ${error instanceof Error ? error.message : ''}`)
    })
    return parseScenario(text)
  }
  const { folder, names } = await shipped()
  if (names.includes(word)) return parseScenario(await readFile(join(folder, `${word}.yaml`), 'utf8'))
  const near = nearest(word, names)
  throw new UsageError(
    `no scenario "${word}"`,
    near ? `did you mean ${near}?` : `there are: ${names.join(', ')}`,
  )
}
