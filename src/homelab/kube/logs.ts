// pods/log: what a container wrote, as the kubelet gives it out.
import type { World } from '#homelab/world.ts'
import type { KubeObject } from '#model/kube.ts'
import type { Answer, KindCall } from './call.ts'
import { badRequest } from './errors.ts'
import { readObject } from './get.ts'
import { at, type Fields, listAt, named, numberAt, textAt } from './json.ts'
import { type LogOptions, logOptions } from './log-options.ts'
import { containerOf } from './reach.ts'

/** How often a followed log is looked at, milliseconds of the machine's clock. */
const LOOK_EVERY = 200

type Line = { readonly at: number; readonly text: string }
type Source = Parameters<World['logLines']>[0]

/** Whatever is wrong is told before the first byte. */
export function logAnswer(call: KindCall): Answer {
  const options = logOptions(call.params, call.target.name ?? '')
  const pod = readObject(call)
  const name = containerOf(pod, options.container)
  // Without a node there is no kubelet to ask: nothing, and no error.
  if (textAt(pod, 'spec', 'nodeName') === '') return { status: 204, headers: {}, body: '' }
  const source = { ...started(pod, name, options.previous), container: name }
  const headers = { 'content-type': 'text/plain' }
  return { status: 200, headers, body: limited(read(call, pod, source, options), options.limitBytes) }
}

/** Which run of the container has the log; throws 400 where there is none yet, or no earlier one. */
function started(pod: KubeObject, container: string, previous: boolean): Omit<Source, 'container'> {
  const statuses = [
    ...listAt(pod, 'status', 'containerStatuses'),
    ...listAt(pod, 'status', 'initContainerStatuses'),
  ]
  const status: Fields | undefined = named(statuses, container)
  const { name, namespace = '' } = pod.metadata
  const ended = at(status, 'lastState', 'terminated') !== undefined
  if (previous) {
    if (ended) return { name, namespace, previous: true }
    throw badRequest(`previous terminated container "${container}" in pod "${name}" not found`)
  }
  const waiting = at(status, 'state', 'waiting')
  if (status !== undefined && waiting === undefined) return { name, namespace, previous: false }
  // A container that is between two starts still has the log of its last run.
  if (ended && numberAt(status, 'restartCount') > 0) return { name, namespace, previous: true }
  const reason = textAt(waiting, 'reason')
  const why: Readonly<Record<string, string>> = {
    ErrImagePull: "image can't be pulled",
    ImagePullBackOff: 'trying and failing to pull image',
    '': 'ContainerCreating',
  }
  throw badRequest(`container "${container}" in pod "${name}" is waiting to start: ${why[reason] ?? reason}`)
}

async function* read(
  call: KindCall,
  pod: KubeObject,
  source: Source,
  options: LogOptions,
): AsyncGenerator<string> {
  const { world } = call.api
  const { timestamps: stamped, follow, tailLines, since } = options
  const write = (lines: Iterable<Line>) => {
    let text = ''
    for (const line of lines) text += stamped ? `${rfc3339Nano(line.at)} ${line.text}\n` : `${line.text}\n`
    return text
  }
  let seen = world.clock.now()
  const first = write(lastLines(world, source, since?.(seen) ?? world.beganAt, seen, tailLines))
  if (first !== '') yield first
  if (!follow || source.previous) return
  while (!call.signal.aborted && isAlive(call, pod)) {
    await pause(call.signal)
    const now = world.clock.now()
    const more = write(between(world, source, seen, now))
    seen = now
    if (more !== '') yield more
  }
}

/** Lines from `from` up to, not including, `to`. */
function* between(world: World, source: Source, from: number, to: number): Generator<Line> {
  for (const line of world.logLines(source, from, to)) if (line.at >= from && line.at < to) yield line
}

/** The last lines of a span: looked for backwards, in spans that grow, so that a tail need not read all. */
function lastLines(
  world: World,
  source: Source,
  from: number,
  to: number,
  tail: number | undefined,
): Iterable<Line> {
  if (tail === undefined) return between(world, source, from, to)
  if (tail === 0) return []
  for (let span = 60_000; ; span *= 8) {
    const start = Math.max(from, to - span)
    const lines = [...between(world, source, start, to)]
    if (lines.length >= tail || start === from) return lines.slice(-tail)
  }
}

/** A log is followed as long as its pod is there and runs. */
function isAlive(call: KindCall, pod: KubeObject): boolean {
  const { namespace, name, uid } = pod.metadata
  const now = call.served.get(namespace, name)
  return now?.metadata.uid === uid && !['Succeeded', 'Failed'].includes(textAt(now, 'status', 'phase'))
}

async function* limited(
  text: AsyncIterable<string>,
  limit: number | undefined,
): AsyncGenerator<string | Uint8Array> {
  let left = limit ?? Number.POSITIVE_INFINITY
  for await (const part of text) {
    const size = Buffer.byteLength(part)
    if (size >= left) {
      yield Buffer.from(part).subarray(0, left)
      return
    }
    left -= size
    yield part
  }
}

const rfc3339Nano = (time: number) => {
  const text = new Date(time).toISOString()
  return `${text.slice(0, -1)}000000Z`
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, LOOK_EVERY)
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true },
    )
  })
}
