// What stands behind the contract's Service: a server that tells what it was asked, and answers in every way that a
// proxy must pass on. The same on both beds.
import type { Upstream, UpstreamAnswer } from '#homelab/upstream.ts'

const text = (body: UpstreamAnswer['body'], status = 200): UpstreamAnswer => ({
  status,
  headers: { 'content-type': 'text/plain' },
  body,
})

/** Some megabytes, of bytes that show when one is missing or doubled. */
export const LARGE = Buffer.from(Array.from({ length: 4 * 1024 * 1024 }, (_, index) => (index * 31) % 251))

export function createUpstream(): Upstream['answer'] {
  let release = () => {}

  async function* pieces(): AsyncGenerator<Uint8Array> {
    const asked = new Promise<void>((resolve) => {
      release = resolve
    })
    yield Buffer.from('first\n')
    await asked
    yield Buffer.from('second\n')
  }

  return async ({ method, path, params, headers, body }) => {
    switch (path) {
      case '/echo': {
        const told = { method, path, query: params.toString(), body, type: headers['content-type'] ?? '' }
        return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(told) }
      }
      case '/pieces':
        return text(pieces())
      case '/release':
        release()
        return text('released')
      case '/large':
        return text(LARGE)
      case '/dies':
        return text(dying())
      case '/moved':
        return { status: 302, headers: { location: '/echo?moved=1' }, body: '' }
      case '/refuses':
        return text('the upstream says no', 422)
      default:
        return text('no such page', 404)
    }
  }
}

async function* dying(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('the beginning\n')
  throw new Error('the upstream died')
}
