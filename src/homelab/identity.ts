// Who the homelab is to its clients: the authority, the certificates and the narrowed users' tokens. Kept between
// two starts, it keeps a kubeconfig valid.
import { X509Certificate } from 'node:crypto'
import { type Certificates, createCertificates } from './certificates.ts'
import { createUsers } from './kube/users.ts'

export interface Identity {
  readonly certificates: Certificates
  /** Bearer token by the name of the narrowed user. */
  readonly tokens: Readonly<Record<string, string>>
}

export async function createIdentity(): Promise<Identity> {
  const tokens = Object.fromEntries(createUsers().map(({ name, token = '' }) => [name, token]))
  return { certificates: await createCertificates(), tokens }
}

/** As text for a file that only this user may read. */
export function identityText(identity: Identity): string {
  return JSON.stringify(identity)
}

/** The identity in `text`; undefined where it is none, lacks a part, or ends within a day of `now` (ms). */
export function parseIdentity(text: string, now: number): Identity | undefined {
  try {
    const { certificates, tokens } = JSON.parse(text) as Partial<Identity>
    const parts = [certificates?.authority, certificates?.server?.key, certificates?.admin?.key]
    if (!certificates || !tokens || parts.some((part) => typeof part !== 'string')) return undefined
    if (createUsers().some(({ name }) => typeof tokens[name] !== 'string')) return undefined
    const all = [certificates.authority, certificates.server.certificate, certificates.admin.certificate]
    const day = 24 * 3600 * 1000
    const lasts = all.every((pem) => Date.parse(new X509Certificate(pem).validTo) > now + day)
    return lasts ? { certificates, tokens } : undefined
  } catch {
    return undefined
  }
}
