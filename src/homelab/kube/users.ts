// Who is calling: by client certificate or bearer token.
import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { TLSSocket } from 'node:tls'
import { unauthorized } from './errors.ts'
import { ADMIN, ROLES, type User } from './roles.ts'

const AUTHENTICATED = 'system:authenticated'

/** One user for each narrowed role, named as the role, with its token of `tokens` or a new one of its own. */
export function createUsers(tokens: Readonly<Record<string, string>> = {}): readonly User[] {
  return ROLES.filter((role) => role !== ADMIN).map((role) => ({
    name: role.name,
    groups: [AUTHENTICATED],
    role,
    token: tokens[role.name] ?? randomBytes(24).toString('base64url'),
  }))
}

/** Throws 401 for anyone unknown. */
export function authenticate(request: IncomingMessage, users: readonly User[]): User {
  const header = request.headers.authorization
  if (header !== undefined) {
    const token = /^Bearer (\S+)$/.exec(header)?.[1]
    const user = users.find((one) => one.token !== undefined && one.token === token)
    if (user) return user
    throw unauthorized()
  }
  const { socket } = request
  if (socket instanceof TLSSocket && socket.authorized) {
    const { subject } = socket.getPeerCertificate()
    const groups = [subject.O ?? []].flat()
    if (groups.includes('system:masters')) {
      return { name: [subject.CN].flat()[0] ?? '', groups: [...groups, AUTHENTICATED], role: ADMIN }
    }
  }
  throw unauthorized()
}
