// Runs a command in a container and waits for its end. We send no input and ask for no terminal.

import { SourceError } from '#model/reading.ts'
import { messageBytes, openChannels } from './channels.ts'
import type { ExecAnswer, ExecQuery } from './cluster.ts'
import { type Fields, fields, items, text } from './fields.ts'
import { abortError } from './network-error.ts'
import { statusError } from './status-error.ts'
import type { Transport } from './transport.ts'
import { oneLine, parseJson } from './wire.ts'

const stdoutChannel = 1
const stderrChannel = 2
const statusChannel = 3
/** What a command may say before it is stopped: answers are read by people. */
const mostOutput = 16 * 1024 * 1024

export async function exec(transport: Transport, query: ExecQuery, signal: AbortSignal): Promise<ExecAnswer> {
  const params = new URLSearchParams({ stdout: 'true', stderr: 'true' })
  if (query.container !== undefined) params.set('container', query.container)
  for (const word of query.command) params.append('command', word)
  const pod = `/api/v1/namespaces/${encodeURIComponent(query.namespace)}/pods/${encodeURIComponent(query.pod)}`
  const protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io']
  const socket = await openChannels(transport, `${pod}/exec?${params}`, protocols, signal)
  const output = new Map<number, Buffer[]>()
  let size = 0
  const onAbort = () => socket.terminate()
  try {
    await new Promise<void>((resolve, reject) => {
      signal.addEventListener('abort', onAbort)
      if (signal.aborted) onAbort()
      socket.on('message', (data) => {
        const message = messageBytes(data)
        const channel = message[0] ?? 0
        size += message.length
        if (size > mostOutput) {
          reject(new SourceError({ reason: 'garbage', detail: `${query.command[0]} wrote more than 16 MiB` }))
          return
        }
        const parts = output.get(channel) ?? []
        output.set(channel, parts)
        parts.push(message.subarray(1))
      })
      socket.on('close', () => resolve())
      socket.resume()
    })
  } finally {
    signal.removeEventListener('abort', onAbort)
    socket.terminate()
  }
  if (signal.aborted) throw abortError(signal, transport.server)
  const read = (channel: number) => Buffer.concat(output.get(channel) ?? []).toString('utf8')
  return {
    stdout: read(stdoutChannel),
    stderr: read(stderrChannel),
    exitCode: exitCode(read(statusChannel), query),
  }
}

/** The status channel carries one meta/v1 Status; a command's own failure is a cause named ExitCode. */
function exitCode(body: string, query: ExecQuery): number {
  const about = `exec in ${query.namespace}/${query.pod}`
  if (body === '') {
    const detail = `${about} ended without saying how: the connection was cut`
    throw new SourceError({ reason: 'unreachable', detail })
  }
  const status = fields(parseJson(body, about))
  if (status.status === 'Success') return 0
  const code = causeOf(status, 'ExitCode')
  if (code !== undefined && /^\d+$/.test(code)) return Number(code)
  const http = typeof status.code === 'number' ? status.code : 500
  // Without a kind, unlike a Status that is an HTTP body: it is named here, since that is how it is known.
  const named = JSON.stringify({ ...status, kind: 'Status' })
  throw statusError({ status: http, headers: {}, body: named }, oneLine(about))
}

function causeOf(status: Fields, reason: string): string | undefined {
  const cause = items(fields(status.details).causes).find((one) => fields(one).reason === reason)
  return text(fields(cause).message)
}
