// Finds, reads and merges kubeconfig files by kubectl's rules: --kubeconfig alone, else every file of $KUBECONFIG,
// else ~/.kube/config; whoever names an entry first wins it whole. Paths are relative to the file they stand in.
import { readFile } from 'node:fs/promises'
import { delimiter, dirname, isAbsolute, join, resolve } from 'node:path'
import { SourceError } from '#model/reading.ts'
import { type Fields, fields, isFields, items, text } from './fields.ts'
import { oneLine } from './wire.ts'

export interface KubeconfigPlace {
  readonly kubeconfig?: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
}

/** One named entry: its own fields and the folder that its paths are relative to. */
export interface KubeconfigEntry {
  readonly name: string
  readonly fields: Fields
  readonly folder: string
}

export interface Kubeconfig {
  readonly files: readonly string[]
  readonly currentContext?: string
  readonly contexts: ReadonlyMap<string, KubeconfigEntry>
  readonly clusters: ReadonlyMap<string, KubeconfigEntry>
  readonly users: ReadonlyMap<string, KubeconfigEntry>
}

/** Undefined where there is no kubeconfig at all; a file that was asked for by --kubeconfig must exist. */
export async function readKubeconfig(place: KubeconfigPlace): Promise<Kubeconfig | undefined> {
  const read: { file: string; content: string }[] = []
  for (const file of kubeconfigFiles(place)) {
    const content = await contentOf(file)
    if (content !== undefined) read.push({ file, content })
    else if (place.kubeconfig !== undefined) throw noKubeconfig(place)
  }
  if (read.length === 0) return undefined
  const documents = await Promise.all(read.map(async (one) => ({ ...one, document: await parse(one) })))
  return merge(documents)
}

function kubeconfigFiles(place: KubeconfigPlace): readonly string[] {
  if (place.kubeconfig !== undefined) return [resolve(expandHome(place.kubeconfig, place.home))]
  const listed = (place.env.KUBECONFIG ?? '').split(delimiter).filter((file) => file !== '')
  if (listed.length === 0) return [join(place.home, '.kube', 'config')]
  return [...new Set(listed.map((file) => resolve(expandHome(file, place.home))))]
}

export function noKubeconfig(place: KubeconfigPlace): SourceError {
  return new SourceError({
    reason: 'not-found',
    detail: `no kubeconfig: ${kubeconfigFiles(place).join(', ')} does not exist`,
    fix: 'set KUBECONFIG or pass --kubeconfig FILE; `obsdeck demo` needs none',
  })
}

/** A path of an entry, absolute. */
export function entryPath(entry: KubeconfigEntry, path: string): string {
  return isAbsolute(path) ? path : join(entry.folder, path)
}

function expandHome(file: string, home: string): string {
  return file.startsWith('~/') ? join(home, file.slice(2)) : file
}

async function contentOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    const why =
      code === 'EACCES' || code === 'EPERM' ? 'permission denied' : code === 'EISDIR' ? 'a folder' : code
    const fix = code === 'EISDIR' ? 'name the file in it' : `check its owner and mode: ls -l ${file}`
    throw new SourceError({ reason: 'forbidden', detail: `cannot read ${file}: ${why}`, fix }, { cause })
  }
}

async function parse({ file, content }: { file: string; content: string }): Promise<Fields> {
  const document = await parseDocument(file, content)
  if (document === null || document === undefined) return {}
  if (!isFields(document)) throw notAKubeconfig(file, 'it is not a mapping')
  return document
}

/** JSON is YAML, and reading it does not wait for the YAML library. */
async function parseDocument(file: string, content: string): Promise<unknown> {
  if (content.trimStart().startsWith('{')) {
    try {
      return JSON.parse(content)
    } catch {
      // A YAML flow mapping, perhaps.
    }
  }
  const { parseYaml } = await import('./yaml.ts')
  try {
    return parseYaml(content)
  } catch (cause) {
    throw notAKubeconfig(file, cause instanceof Error ? (cause.message.split(/[:\n]/)[0] ?? '') : '', cause)
  }
}

function notAKubeconfig(file: string, why: string, cause?: unknown): SourceError {
  return new SourceError(
    {
      reason: 'invalid',
      detail: `${file} is no kubeconfig: ${oneLine(why, 120)}`,
      fix: '`kubectl config view` names the line',
    },
    { cause },
  )
}

function merge(documents: readonly { file: string; document: Fields }[]): Kubeconfig {
  const contexts = new Map<string, KubeconfigEntry>()
  const clusters = new Map<string, KubeconfigEntry>()
  const users = new Map<string, KubeconfigEntry>()
  let currentContext: string | undefined
  for (const { file, document } of documents) {
    const folder = dirname(file)
    currentContext ??= text(document['current-context'])
    collect(contexts, document.contexts, 'context', folder)
    collect(clusters, document.clusters, 'cluster', folder)
    collect(users, document.users, 'user', folder)
  }
  const files = documents.map(({ file }) => file)
  return { files, contexts, clusters, users, ...(currentContext !== undefined && { currentContext }) }
}

function collect(into: Map<string, KubeconfigEntry>, list: unknown, key: string, folder: string) {
  for (const item of items(list)) {
    const name = text(fields(item).name)
    if (name !== undefined && !into.has(name))
      into.set(name, { name, fields: fields(fields(item)[key]), folder })
  }
}
