// Chooses how a context authenticates, and loads only what that needs.
import { type Credentials, plainCredentials } from './credentials.ts'
import type { PluginOptions } from './exec-credentials.ts'
import type { Target } from './target.ts'

export async function authenticate(target: Target, options: PluginOptions): Promise<Credentials> {
  const { user } = target
  if (user?.fields.exec !== undefined) {
    const { execCredentials } = await import('./exec-credentials.ts')
    return execCredentials(target, user, options)
  }
  if (user?.fields['auth-provider'] !== undefined) {
    const { providerCredentials } = await import('./delegated.ts')
    return providerCredentials(target, user, options.timeout)
  }
  return plainCredentials(target)
}
