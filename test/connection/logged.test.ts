// The diagnostic log says what was asked and how it went, and nothing that is secret.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { connect } from '#cluster/connect.ts'
import { kubeconfigOf, sendJson, serve, tempFolder } from './bed.ts'

test('one line a request, with its status or its failure, without credentials', async () => {
  const bed = await serve((request, response) => {
    if (request.url === '/version') sendJson(response, { gitVersion: 'v1.36.3' })
    else request.socket.destroy()
  })
  const kubeconfig = join(await tempFolder(), 'config')
  await writeFile(kubeconfig, kubeconfigOf({ server: bed.url, user: { token: 'very-secret' } }))
  const lines: string[] = []
  const cluster = await connect({
    kubeconfig,
    env: {},
    home: '/',
    timeout: 5000,
    log: (line) => lines.push(line),
  })
  const { signal } = new AbortController()
  await cluster.version(signal)
  const pods = { group: '', version: 'v1', plural: 'pods', kind: 'Pod', namespaced: true }
  await expect(cluster.get(pods, 'web', 'shop', signal)).rejects.toThrow()
  await cluster.close()
  expect(lines[0]).toMatch(/^GET \/version 200 \d+ ms$/)
  expect(lines[1]).toMatch(/^GET \/api\/v1\/namespaces\/shop\/pods\/web failed: .+ \d+ ms$/)
  expect(lines.join('\n')).not.toContain('very-secret')
})
