// Who is who in a bed: two authorities, the serving certificate, the administrator, service-account keys, and the
// narrowed users of the homelab with tokens; as files in the bed's folder.
import { generateKeyPair } from 'node:crypto'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { kubeconfigText } from '#homelab/kube/kubeconfig.ts'
import type { User } from '#homelab/kube/roles.ts'
import { createUsers } from '#homelab/kube/users.ts'
import { type Authority, type Issued, makeAuthority } from '#test/connection/certificates.ts'

/** Names of the files in the bed's folder. */
export const files = {
  /** For people and for what is tested: contexts as the homelab's, `homelab` for the administrator. */
  kubeconfig: 'kubeconfig',
  /** For the bed's own programs: trusts both authorities, so that a change of certificates does not end them. */
  components: 'components.kubeconfig',
  authorities: 'ca.crt',
  servingCert: 'serving.crt',
  servingKey: 'serving.key',
  adminCert: 'admin.crt',
  adminKey: 'admin.key',
  tokens: 'tokens.csv',
  accountKey: 'sa.key',
  accountPublicKey: 'sa.pub',
} as const

export interface Identity {
  readonly users: readonly User[]
  /** The administrator's kubeconfig that trusts both authorities. */
  readonly components: string
  /** A new serving certificate; by the other authority, the kubeconfig follows. */
  replaceServing(by: 'same authority' | 'other authority'): Promise<Issued>
}

export async function createIdentity(folder: string, url: string): Promise<Identity> {
  const [first, second, account] = await Promise.all([
    makeAuthority('bed-ca'),
    makeAuthority('bed-other-ca'),
    // Service-account tokens are signed with RSA; EC keys do for all else and cost less.
    promisify(generateKeyPair)('rsa', { modulusLength: 2048 }),
  ])
  const admin = await first.issue({ name: 'admin, O=system:masters', hosts: [] })
  const users = createUsers()
  const certificates = (authority: string) => ({
    authority,
    admin: { certificate: admin.cert, key: admin.key },
  })
  const both = `${first.ca}\n${second.ca}\n`
  const components = kubeconfigText(url, certificates(both), users)
  /** Renamed into place: the API server reads the file again whenever it changes. */
  const write = async (name: string, text: string) => {
    await writeFile(join(folder, `${name}.new`), text, { mode: 0o600 })
    await rename(join(folder, `${name}.new`), join(folder, name))
  }
  let current: Authority = first
  const serve = async () => {
    const serving = await current.issue({ name: 'kube-apiserver' })
    await write(files.servingKey, serving.key)
    await write(files.servingCert, serving.cert)
    await write(files.kubeconfig, kubeconfigText(url, certificates(current.ca), users))
    return serving
  }
  await Promise.all([
    serve(),
    write(files.authorities, both),
    write(files.adminCert, admin.cert),
    write(files.adminKey, admin.key),
    write(files.components, components),
    write(files.accountKey, account.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
    write(files.accountPublicKey, account.publicKey.export({ type: 'spki', format: 'pem' }).toString()),
    write(files.tokens, users.map(({ token, name }) => `${token},${name},${name}\n`).join('')),
  ])
  return {
    users,
    components,
    async replaceServing(by) {
      if (by === 'other authority') current = current === first ? second : first
      return serve()
    },
  }
}
