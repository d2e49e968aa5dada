// Exec plugins as little scripts: their credentials, how long those are kept, and every way to fail.
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { describe, expect, test } from 'vitest'
import { connectTo, failureOf, forever, sendJson, sendStatus, serve, tempFolder } from './bed.ts'
import { makeAuthority } from './certificates.ts'

const apiVersion = 'client.authentication.k8s.io/v1'
const env = { PATH: '/usr/bin:/bin' }

async function script(body: string): Promise<string> {
  const file = join(await tempFolder(), 'plugin')
  await writeFile(file, `#!/bin/sh\n${body}\n`)
  await chmod(file, 0o700)
  return file
}

const credential = (status: object) => JSON.stringify({ apiVersion, kind: 'ExecCredential', status })
const print = (status: object) => `cat <<'END'\n${credential(status)}\nEND`
const lines = async (file: string) =>
  (await readFile(file, 'utf8').catch(() => '')).split('\n').filter(Boolean)

/** A server that tells which token came. */
const echo = () =>
  serve((request, response) => sendJson(response, { gitVersion: request.headers.authorization ?? 'none' }))

const fails = async (exec: object, timeout = 5000) => {
  const bed = await echo()
  const cluster = await connectTo(
    { server: bed.url, user: { exec: { apiVersion, ...exec } } },
    { env, timeout },
  )
  return failureOf(cluster.version(forever()))
}

describe('credentials', () => {
  test('a token, with arguments and variables; it is told what it should know, and gets no input', async () => {
    const seen = join(await tempFolder(), 'seen')
    const command = await script(
      `echo "$KUBERNETES_EXEC_INFO" > ${seen}; echo "$1 $FLAVOUR $HOME" >> ${seen}; cat >> ${seen}; ${print({ token: 't1' })}`,
    )
    const bed = await echo()
    const exec = {
      apiVersion,
      command,
      args: ['--login'],
      env: [{ name: 'FLAVOUR', value: 'mint' }],
      provideClusterInfo: true,
      interactiveMode: 'IfAvailable',
    }
    const cluster = await connectTo(
      { server: bed.url, user: { exec } },
      { env: { ...env, HOME: '/home/ben' } },
    )
    expect(await cluster.version(forever())).toEqual({ gitVersion: 'Bearer t1' })
    const [info = '', said] = await lines(seen)
    expect(JSON.parse(info)).toEqual({
      apiVersion,
      kind: 'ExecCredential',
      spec: { interactive: false, cluster: { server: bed.url } },
    })
    expect(said).toBe('--login mint /home/ben')
  })

  test('are asked for once, however many requests wait, and kept', async () => {
    const runs = join(await tempFolder(), 'runs')
    const command = await script(`echo run >> ${runs}; ${print({ token: 't1' })}`)
    const bed = await echo()
    const cluster = await connectTo({ server: bed.url, user: { exec: { apiVersion, command } } }, { env })
    await Promise.all([1, 2, 3].map(() => cluster.version(forever())))
    await cluster.version(forever())
    expect(await lines(runs)).toEqual(['run'])
  })

  test('are asked for again once they expired', async () => {
    const runs = join(await tempFolder(), 'runs')
    const expirationTimestamp = new Date(Date.now() + 1000).toISOString()
    const command = await script(`echo run >> ${runs}; ${print({ token: 't1', expirationTimestamp })}`)
    const bed = await echo()
    const cluster = await connectTo({ server: bed.url, user: { exec: { apiVersion, command } } }, { env })
    await cluster.version(forever())
    await cluster.version(forever())
    expect(await lines(runs)).toEqual(['run', 'run'])
  })

  test('that the server refuses are asked for again, once', async () => {
    const runs = join(await tempFolder(), 'runs')
    const command = await script(
      `echo run >> ${runs}; n=$(wc -l < ${runs}); printf '{"status":{"token":"t%d"}}' $n`,
    )
    let good = 'Bearer t2'
    const bed = await serve((request, response) => {
      if (request.headers.authorization === good) sendJson(response, { gitVersion: 'v1' })
      else sendStatus(response, 401, 'Unauthorized')
    })
    const cluster = await connectTo({ server: bed.url, user: { exec: { apiVersion, command } } }, { env })
    expect(await cluster.version(forever())).toEqual({ gitVersion: 'v1' })
    good = 'Bearer never'
    expect(await failureOf(cluster.version(forever()))).toMatchObject({ reason: 'unauthorized', status: 401 })
    expect(await lines(runs)).toHaveLength(3)
  })

  test('a client certificate', async () => {
    const authority = await makeAuthority()
    const { cert, key } = await authority.issue({ name: 'ben' })
    const command = await script(print({ clientCertificateData: cert, clientKeyData: key }))
    const tls = {
      ...(await authority.issue({ name: 'server' })),
      ca: authority.ca,
      requestCert: true,
      rejectUnauthorized: true,
    }
    const bed = await serve((request, response) => {
      sendJson(response, {
        gitVersion: String((request.socket as TLSSocket).getPeerCertificate().subject.CN),
      })
    }, tls)
    const cluster = { 'certificate-authority-data': Buffer.from(authority.ca).toString('base64') }
    const connected = await connectTo(
      { server: bed.url, cluster, user: { exec: { apiVersion, command } } },
      { env },
    )
    expect(await connected.version(forever())).toEqual({ gitVersion: 'ben' })
  })
})

describe('failures', () => {
  test('missing: with the hint of the kubeconfig', async () => {
    const failure = await fails({ command: 'no-such-plugin', installHint: 'Install it\nfrom here.' })
    expect(failure).toMatchObject({
      reason: 'unauthorized',
      detail: 'the exec plugin no-such-plugin is not installed',
      fix: 'Install it from here.',
    })
  })

  test('failing: with what it said on stderr', async () => {
    const command = await script('echo "token has expired, run aws sso login" >&2; exit 3')
    expect(await fails({ command })).toMatchObject({
      reason: 'unauthorized',
      detail: `the exec plugin ${command} failed (3): token has expired, run aws sso login`,
    })
  })

  test('hanging: ended when the time is over', async () => {
    const pid = join(await tempFolder(), 'pid')
    const command = await script(`echo $$ > ${pid}; echo waiting for a browser >&2; exec sleep 60`)
    const failure = await fails({ command }, 300)
    expect(failure).toMatchObject({
      reason: 'timeout',
      detail: expect.stringContaining('waiting for a browser'),
    })
    const [line] = await lines(pid)
    await expect.poll(() => isRunning(Number(line))).toBe(false)
  })

  test('hanging while the caller leaves: the caller need not wait', async () => {
    const command = await script('exec sleep 60')
    const bed = await echo()
    const cluster = await connectTo(
      { server: bed.url, user: { exec: { apiVersion, command } } },
      { env, timeout: 2000 },
    )
    const reason = new Error('left')
    await expect(cluster.version(AbortSignal.abort(reason))).rejects.toBe(reason)
  })

  test('the way to run it by hand does not repeat secrets among its arguments', async () => {
    const args = ['get-token', '--oidc-client-secret=s3cret', '--password', 'hunter2', '--grant', 'device']
    const { fix } = await fails({ command: await script('exit 1'), args })
    expect(fix).toMatch(/plugin get-token --oidc-client-secret=… --password … --grant device$/)
  })

  test('wants to ask questions', async () => {
    expect(await fails({ command: 'sh', interactiveMode: 'Always' })).toMatchObject({
      reason: 'unauthorized',
      detail: expect.stringContaining('interactiveMode'),
    })
  })

  test.each([
    ['garbage, which is not shown: it may hold a token', 'echo secret-token', 'garbage'],
    ['an answer without a status', 'echo {}', 'garbage'],
    ['a status without credentials', print({}), 'unauthorized'],
  ])('prints %s', async (_name, body, reason) => {
    const failure = await fails({ command: await script(body) })
    expect(failure.reason).toBe(reason)
    expect(failure.message).not.toContain('secret-token')
  })

  test('has no command', async () => {
    expect(await fails({})).toMatchObject({ reason: 'invalid' })
  })
})

async function isRunning(pid: number): Promise<boolean> {
  const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return state !== '' && !/\) Z /.test(state)
}
