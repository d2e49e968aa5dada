// Where a homelab's kubeconfig stands: in a temporary folder, or for a fixed port always at the same path, with the
// certificates and tokens beside it, so that what was handed out stays valid when the homelab is started again.
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Outside } from '#commands/command.ts'
import type { Identity } from '#homelab/identity.ts'

/** A kubeconfig's place. `remove` runs when the homelab ends: a kubeconfig that is there says that it serves. */
export interface Place {
  /** Absent: made anew with every start. */
  readonly identity?: Identity
  write(kubeconfig: string): Promise<string>
  remove(): Promise<void>
}

export function temporaryPlace(): Place {
  let folder: string | undefined
  return {
    async write(text) {
      folder = await mkdtemp(join(tmpdir(), 'obsdeck-'))
      return writePrivate(folder, 'kubeconfig', text)
    },
    async remove() {
      if (folder !== undefined) await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The place that belongs to a port, in the user's cache folder. */
export async function fixedPlace(outside: Outside, port: number): Promise<Place> {
  const cache = outside.env.XDG_CACHE_HOME || join(outside.home, '.cache')
  const folder = join(cache, 'obsdeck', `homelab-${port}`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const { createIdentity, identityText, parseIdentity } = await import('#homelab/identity.ts')
  const kept = await readFile(join(folder, 'identity.json'), 'utf8').catch(() => '')
  const identity = parseIdentity(kept, outside.now()) ?? (await createIdentity())
  await writePrivate(folder, 'identity.json', identityText(identity))
  return {
    identity,
    write: (text) => writePrivate(folder, 'kubeconfig', text),
    remove: () => rm(join(folder, 'kubeconfig'), { force: true }),
  }
}

/** Writes where only this user can read it, also over a file that others could read. */
async function writePrivate(folder: string, name: string, text: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, text, { mode: 0o600 })
  await chmod(path, 0o600)
  return path
}
