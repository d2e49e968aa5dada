// The kubeconfig that leads to the homelab: the administrator by certificate, narrowed users by token.
import { stringify } from 'yaml'
import type { Certificates } from '#homelab/certificates.ts'
import type { User } from './roles.ts'

const CLUSTER = 'homelab'
const base64 = (text: string) => Buffer.from(text).toString('base64')

/** Contexts: `homelab` (current) for the administrator, then one for each user, named as the user. */
export function kubeconfigText(
  url: string,
  certificates: Pick<Certificates, 'authority' | 'admin'>,
  users: readonly User[],
): string {
  const context = (name: string, user: string) => ({ name, context: { cluster: CLUSTER, user } })
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: CLUSTER,
        cluster: { server: url, 'certificate-authority-data': base64(certificates.authority) },
      },
    ],
    users: [
      {
        name: 'admin',
        user: {
          'client-certificate-data': base64(certificates.admin.certificate),
          'client-key-data': base64(certificates.admin.key),
        },
      },
      ...users.map(({ name, token }) => ({ name, user: { token } })),
    ],
    contexts: [context(CLUSTER, 'admin'), ...users.map(({ name }) => context(name, name))],
    'current-context': CLUSTER,
  })
}
