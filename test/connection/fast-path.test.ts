// A plain kubeconfig waits for nothing that only exec plugins, providers and proxies need.
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { kubeconfigOf, sendJson, serve, tempFolder } from './bed.ts'
import { makeAuthority } from './certificates.ts'

const run = promisify(execFile)

/** Connects, asks once, and prints each module that was loaded: ours by hooks of the loader, Node's by its list. */
const program = `
import { registerHooks } from 'node:module'
const loaded = []
registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) })
const { connect } = await import('#cluster/connect.ts')
const [kubeconfig] = process.argv.slice(1)
const cluster = await connect({ kubeconfig, env: {}, home: '/', timeout: 5000 })
const version = await cluster.version(new AbortController().signal)
await cluster.close()
console.log(JSON.stringify({ version, loaded, builtins: process.moduleLoadList }))
`

interface Loaded {
  readonly version: unknown
  readonly loaded: readonly string[]
  readonly builtins: readonly string[]
}

test('a token: neither client-node nor undici nor websockets are loaded', async () => {
  const authority = await makeAuthority()
  const { cert, key } = await authority.issue({ name: 'server' })
  const bed = await serve((_request, response) => sendJson(response, { gitVersion: 'v1.36.3' }), {
    cert,
    key,
  })
  const kubeconfig = join(await tempFolder(), 'config')
  const json = kubeconfigOf({
    server: bed.url,
    cluster: { 'certificate-authority-data': Buffer.from(authority.ca).toString('base64') },
    user: { token: 't' },
  })
  await writeFile(kubeconfig, `# YAML\n${json}\n`)
  const args = ['--no-warnings', '--input-type=module', '--eval', program, kubeconfig]
  const { stdout } = await run(execPath, args)
  const { version, loaded, builtins } = JSON.parse(stdout) as Loaded
  expect(version).toEqual({ gitVersion: 'v1.36.3' })
  const packages = new Set(loaded.flatMap((url) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? []))
  expect([...packages].sort()).toEqual(['js-yaml', 'pbf'])
  const own = loaded.filter((url) => url.includes('/src/cluster/')).map((url) => url.replace(/.*\//, ''))
  expect(own).toContain('transport.ts')
  expect(own).not.toContain('delegated.ts')
  expect(own).not.toContain('exec-plugin.ts')
  // Node has an undici of its own, behind fetch.
  expect(builtins.filter((name) => name.includes('undici'))).toEqual([])
})
