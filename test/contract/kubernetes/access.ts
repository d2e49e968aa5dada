// The contract for what lies behind the objects: rights, logs, commands, the service proxy, forwarded ports.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Cluster, Decoder } from '#cluster/cluster.ts'
import { podDecoder, podResource } from '#sources/kubernetes/pods.ts'
import type { KubernetesBed } from './bed.ts'

const never = new AbortController().signal

export function describeAccess(makeBed: () => Promise<KubernetesBed>): void {
  let bed: KubernetesBed
  let cluster: Cluster

  beforeAll(async () => {
    bed = await makeBed()
    cluster = await bed.connect()
  })
  afterAll(async () => {
    await cluster?.close()
    await bed?.close()
  })

  async function lines(query: Parameters<Cluster['logs']>[0]): Promise<string[]> {
    const seen: string[] = []
    for await (const line of cluster.logs(query, never)) seen.push(line)
    return seen
  }
  const logQuery = () => ({ namespace: bed.pod.namespace, pod: bed.pod.name, container: bed.pod.container })

  it('allows the administrator everything, and tells narrowed users apart', async () => {
    for (const { context, denied } of bed.narrowed) {
      expect(await cluster.can(denied, never)).toMatchObject({ allowed: true })
      const narrowed = await bed.connect(context)
      expect(await narrowed.can(denied, never), context).toMatchObject({ allowed: false })
      await narrowed.close()
    }
  })

  it('refuses in words that can be read, whatever the encoding asked for', async () => {
    const narrowed = await bed.connect('one-namespace')
    const listed = async (decoder: Decoder<unknown>) => {
      const query = { resource: podResource, namespace: 'default' }
      for await (const page of narrowed.list(query, decoder, never)) expect(page).toBe('refused')
    }
    const refused = {
      reason: 'forbidden',
      status: 403,
      message: 'pods forbidden for one-namespace in default',
    }
    try {
      await expect(listed({ json: () => undefined })).rejects.toMatchObject(refused)
      await expect(listed(podDecoder())).rejects.toMatchObject(refused)
    } finally {
      await narrowed.close()
    }
  })

  describe('logs', () => {
    it('give the last lines, in order', async () => {
      const all = await lines(logQuery())
      expect(all.length).toBeGreaterThan(2)
      const last = await lines({ ...logQuery(), tailLines: 2 })
      expect(last).toHaveLength(2)
    })

    it('carry times that can be read', async () => {
      const [first = ''] = await lines({ ...logQuery(), tailLines: 1, timestamps: true })
      expect(first).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d) /)
    })

    it('refuse a container that is not there', async () => {
      await expect(lines({ ...logQuery(), container: 'nothing' })).rejects.toMatchObject({
        status: 400,
        message: expect.stringContaining('container nothing is not valid for pod'),
      })
    })
  })

  describe('commands', () => {
    const run = (...command: string[]) => {
      const { namespace, name: pod, container } = bed.pod
      return cluster.exec({ namespace, pod, container, command }, never)
    }

    it('run, and give back what they wrote', async () => {
      expect(await run('echo', 'hello')).toEqual({ stdout: 'hello\n', stderr: '', exitCode: 0 })
    })

    it('say how they ended', async ({ skip }) => {
      skip(bed.exitCodes === false, 'the kubelet of this bed keeps exit codes to itself')
      expect(await run('sh', '-c', 'exit 3')).toMatchObject({ exitCode: 3 })
    })

    it('that cannot be started are failures, not exit codes', async () => {
      await expect(run('no-such-program')).rejects.toMatchObject({
        reason: 'server-error',
        status: 500,
        message: expect.stringMatching(
          /^Internal error occurred: .*exec: "no-such-program": executable file not found in \$PATH/,
        ),
      })
    })
  })

  it('reaches what stands behind a Service through the API server', async () => {
    const { target, path, text } = bed.service
    const answer = await cluster.serviceFetch(target, { path }, never)
    expect(answer.status).toBe(200)
    expect(await answer.text()).toBe(text)
  })

  it('says that a Service is not there', async () => {
    const { target, path } = bed.service
    const gone = { ...target, service: 'nothing-here' }
    await expect(cluster.serviceFetch(gone, { path }, never)).rejects.toMatchObject({
      reason: 'not-found',
      status: 404,
      message: expect.stringContaining('services "nothing-here" not found'),
    })
  })

  it('reaches a pod’s port by forwarding it', async () => {
    const { target, pod, podPort, path, text } = bed.service
    const forward = await cluster.forward(target.namespace, pod, podPort, never)
    try {
      const answer = await fetch(`http://127.0.0.1:${forward.port}${path}`, {
        headers: { connection: 'close' },
      })
      expect(await answer.text()).toBe(text)
    } finally {
      await forward.close()
    }
  })
}
