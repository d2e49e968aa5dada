// The contract for what runs over websockets: commands in a container, and ports of a pod.
import { connect, createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { ExecQuery } from '#cluster/cluster.ts'
import { hold, type MakeBed, never, refusal } from './held.ts'

export function describeStreams(makeBed: MakeBed): void {
  const held = hold(makeBed)
  const pod = (rest = '') => {
    const { namespace, name } = held.bed.pod
    return `/api/v1/namespaces/${namespace}/pods/${name}${rest}`
  }
  const exec = (command: readonly string[], more: Partial<ExecQuery> = {}) => {
    const { namespace, name, container } = held.bed.pod
    return held.cluster.exec({ namespace, pod: name, container, command, ...more }, never)
  }

  describe('a command', () => {
    it('keeps what it writes to each of its outputs apart', async () => {
      expect(await exec(['sh', '-c', 'echo out; echo err >&2'])).toEqual({
        stdout: 'out\n',
        stderr: 'err\n',
        exitCode: 0,
      })
    })

    it('takes its words as they are', async () => {
      expect(await exec(['echo', 'a b', '$HOME', '"q"'])).toMatchObject({ stdout: 'a b $HOME "q"\n' })
    })

    it.each([
      ['false && echo a || echo b', 'b\n'],
      ['true && echo a || echo b', 'a\n'],
      ['echo "a;b" && echo c', 'a;b\nc\n'],
      ['command -v sh >/dev/null && echo there', 'there\n'],
      ['command -v no-such-program || echo "not there"', 'not there\n'],
      ['exec echo last; echo never', 'last\n'],
      ["sh -c 'echo a; exit 3' || echo b; echo c", 'a\nb\nc\n'],
    ])('of a shell: %s', async (script, stdout) => {
      expect(await exec(['sh', '-c', script])).toEqual({ stdout, stderr: '', exitCode: 0 })
    })

    it('that fails is a failure or an exit code, never a success', async ({ skip }) => {
      if (held.bed.exitCodes === false) {
        await expect(exec(['false'])).rejects.toMatchObject({ status: 500 })
        skip('the kubelet of this bed keeps exit codes to itself')
      }
      expect(await exec(['false'])).toMatchObject({ exitCode: 1 })
      expect(await exec(['sh', '-c', 'echo before; exit 7'])).toEqual({
        stdout: 'before\n',
        stderr: '',
        exitCode: 7,
      })
    })

    it('is refused in a container that is not there', async () => {
      await expect(exec(['true'], { container: 'nothing' })).rejects.toMatchObject({
        status: 400,
        message: expect.stringMatching(/^container nothing is not valid for pod /),
      })
    })

    it('is refused in a pod that is not there', async () => {
      await expect(exec(['true'], { pod: 'gone' })).rejects.toMatchObject({
        reason: 'not-found',
        status: 404,
        message: 'pods "gone" not found',
      })
    })

    it('is refused to who may not', async () => {
      const cluster = await held.bed.connect('one-namespace')
      const query = { namespace: held.bed.namespace, pod: 'any', command: ['true'] }
      await expect(cluster.exec(query, never)).rejects.toMatchObject({ reason: 'forbidden', status: 403 })
      await cluster.close()
    })
  })

  it.each(['/exec?command=ls', '/attach', '/portforward?ports=80'])('%s wants an upgrade', async (rest) => {
    for (const method of ['GET', 'POST']) {
      const { status, body } = await held.ask(method, pod(rest))
      expect(status).toBe(400)
      expect(body).toMatchObject(refusal(400, 'BadRequest', 'Upgrade request required'))
    }
  })

  describe('a forwarded port', () => {
    const forwarded = async (port: number) => {
      const { target, pod: name } = held.bed.upstream
      return held.cluster.forward(target.namespace, name, port, never)
    }

    it('carries data both ways', async () => {
      const forward = await forwarded(held.bed.upstream.podPort)
      try {
        const body = 'x'.repeat(300_000)
        const answer = await fetch(`http://127.0.0.1:${forward.port}/echo?a=1`, {
          method: 'POST',
          body,
          headers: { connection: 'close' },
        })
        expect(await answer.json()).toMatchObject({ method: 'POST', query: 'a=1', body })
      } finally {
        await forward.close()
      }
    })

    it('carries several connections at once', async () => {
      const forward = await forwarded(held.bed.upstream.podPort)
      try {
        const answers = [1, 2, 3].map(async (n) => {
          const answer = await fetch(`http://127.0.0.1:${forward.port}/echo?n=${n}`, {
            headers: { connection: 'close' },
          })
          return answer.json()
        })
        expect(await Promise.all(answers)).toMatchObject([
          { query: 'n=1' },
          { query: 'n=2' },
          { query: 'n=3' },
        ])
      } finally {
        await forward.close()
      }
    })

    it('on which nothing listens closes each connection without a byte', async () => {
      const forward = await forwarded(await freePort())
      try {
        expect(await allFrom(forward.port)).toBe('')
      } finally {
        await forward.close()
      }
    })

    it('is refused of a pod that is not there', async () => {
      const { namespace } = held.bed.upstream.target
      await expect(held.cluster.forward(namespace, 'gone', 80, never)).rejects.toMatchObject({
        reason: 'not-found',
        status: 404,
      })
    })
  })
}

/** A port that nothing listens on, on this machine as in the pod. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

function allFrom(port: number): Promise<string> {
  return new Promise((resolve) => {
    let text = ''
    const socket = connect({ host: '127.0.0.1', port }, () => socket.write('GET / HTTP/1.0\r\n\r\n'))
    socket.on('data', (chunk) => {
      text += chunk.toString()
    })
    // Cut or closed: it is the bytes that count.
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(text))
  })
}
