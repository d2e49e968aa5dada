// A bare Git repository in a folder: the whole tree of a revision is handed over and becomes a commit on `main`.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import type { Files } from './archive.ts'

const branch = 'main'

/** Nothing of the user's own Git configuration counts. */
export const gitEnvironment = {
  PATH: process.env.PATH ?? '',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
} as const

export interface Repository {
  /** Makes the files the whole content of the branch; gives the revision as Flux writes it. */
  commit(message: string, files: Files): Promise<string>
}

export async function createRepository(folder: string): Promise<Repository> {
  await git(['init', '--quiet', '--bare', `--initial-branch=${branch}`, folder])
  const inside = (args: readonly string[], input?: string) => git([`--git-dir=${folder}`, ...args], input)
  let commits = 0
  return {
    async commit(message, files) {
      await inside(['fast-import', '--quiet'], importStream(message, files, commits > 0))
      commits += 1
      return `${branch}@sha1:${(await inside(['rev-parse', branch])).trim()}`
    },
  }
}

function importStream(message: string, files: Files, hasParent: boolean): string {
  const data = (content: string) => `data ${Buffer.byteLength(content)}\n${content}\n`
  const head = [
    `commit refs/heads/${branch}\n`,
    `committer Fleet <fleet@example.test> ${Math.floor(Date.now() / 1000)} +0000\n`,
    data(message),
    hasParent ? `from refs/heads/${branch}^0\n` : '',
    'deleteall\n',
  ]
  const tree = Object.entries(files).map(([path, content]) => `M 100644 inline ${path}\n${data(content)}`)
  return [...head, ...tree].join('')
}

async function git(args: readonly string[], input = ''): Promise<string> {
  const child = spawn('git', args, { env: gitEnvironment })
  // One that reads nothing may be gone before anything is written.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const [out, complaint, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ])
  if (code !== 0) throw new Error(`git ${args.join(' ')}: ${complaint}`)
  return out
}
