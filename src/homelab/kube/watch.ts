// GET with watch: changes of a kind as they happen, one JSON document a line.
import type { StoreChange } from '#homelab/store.ts'
import type { KubeObject } from '#model/kube.ts'
import { type Answer, JSON_TYPE, type KindCall } from './call.ts'
import { tooOldVersion } from './errors.ts'
import { checkWatchOptions, sendsInitialEvents, watchVersion } from './list-options.ts'
import { selectorTest, type Test } from './selectors.ts'
import { isTrue } from './target.ts'
import { apiVersion, objectText } from './wire.ts'

export type EventType = 'ADDED' | 'MODIFIED' | 'DELETED'

/** Writes one object of an event in the form that was asked for. */
export type WriteObject = (object: KubeObject) => string

const TYPES = { added: 'ADDED', modified: 'MODIFIED', deleted: 'DELETED' } as const

/** What a change is to a watch with a selector: entering is ADDED, leaving DELETED, neither is nothing. */
function seenAs(change: StoreChange, test: Test | undefined): EventType | undefined {
  if (!test) return TYPES[change.type]
  const before = change.before !== undefined && test(change.before)
  const after = change.type !== 'deleted' && test(change.object)
  if (before) return after ? 'MODIFIED' : 'DELETED'
  return after ? 'ADDED' : undefined
}

/** What is asked for, read before the first byte is sent: a refusal is an answer, not an event. */
interface Asked {
  readonly selected: Test | undefined
  readonly version: number
}

/** A watch; `write` gives the form of the objects. */
export function watchAnswer(call: KindCall, write: WriteObject): Answer {
  const { params, served } = call
  checkWatchOptions(params)
  const asked = { selected: selectorTest(served, params), version: watchVersion(params) }
  return { status: 200, headers: { 'content-type': JSON_TYPE }, body: watchLines(call, asked, write) }
}

export const plainObject =
  (call: KindCall): WriteObject =>
  (object) =>
    objectText(call.served, object)

async function* watchLines(
  call: KindCall,
  { selected, version }: Asked,
  write: WriteObject,
): AsyncGenerator<string> {
  const { api, served, target, params } = call
  const { store } = api.world
  const stored = served.stored ?? served.resource
  const test = selected && ((object: KubeObject) => selected(served.present(object)))
  // Who has seen more than there is hears nothing, not even bookmarks, until there is more.
  const ahead = version > store.revision
  const silent = () => ahead && store.revision <= version
  const waiting: string[] = []
  let wake = () => {}
  let over = false

  const line = (event: EventType | 'BOOKMARK' | 'ERROR', object: string) =>
    `{"type":"${event}","object":${object}}\n`
  const tell = (change: StoreChange) => {
    if (silent()) return
    if (change.resource.plural !== stored.plural || change.resource.group !== stored.group) return
    if (target.namespace && change.object.metadata.namespace !== target.namespace) return
    const event = seenAs(change, test)
    if (event) waiting.push(line(event, write(served.present(leaving(change, event)))))
    wake()
  }

  const bookmarks = isTrue(params.get('allowWatchBookmarks'))
  const backlog = version === 0 ? [] : store.changesSince(stored, version)
  if (backlog === 'expired') {
    yield line('ERROR', JSON.stringify(tooOldVersion(version, store.revision).status))
    return
  }
  const initial = version === 0 || sendsInitialEvents(params)
  if (initial && params.get('sendInitialEvents') !== 'false') {
    for (const object of served.list(target.namespace)) {
      if (!selected || selected(object)) waiting.push(line('ADDED', write(object)))
    }
    if (bookmarks && sendsInitialEvents(params)) {
      waiting.push(line('BOOKMARK', bookmark(call, { 'k8s.io/initial-events-end': 'true' })))
    }
  } else for (const change of backlog) tell(change)

  const stop = store.onChange(tell)
  const end = () => {
    over = true
    wake()
  }
  const seconds = Number(params.get('timeoutSeconds') || 0)
  const timeout = setTimeout(end, (seconds > 0 ? seconds : 1800 + Math.random() * 1800) * 1000)
  const beat = bookmarks
    ? setInterval(() => {
        if (silent()) return
        waiting.push(line('BOOKMARK', bookmark(call)))
        wake()
      }, api.bookmarkEvery)
    : undefined
  call.signal.addEventListener('abort', end)
  try {
    while (!over) {
      if (waiting.length > 0) yield waiting.splice(0).join('')
      else {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    }
    if (waiting.length > 0) yield waiting.join('')
  } finally {
    stop()
    clearTimeout(timeout)
    clearInterval(beat)
    call.signal.removeEventListener('abort', end)
  }
}

/** An object that leaves a selector is sent as it was, with the version of the change. */
function leaving(change: StoreChange, event: EventType): KubeObject {
  if (event !== 'DELETED' || change.type === 'deleted' || !change.before) return change.object
  const { resourceVersion } = change.object.metadata
  return {
    ...change.before,
    metadata: { ...change.before.metadata, ...(resourceVersion !== undefined && { resourceVersion }) },
  }
}

function bookmark(call: KindCall, annotations?: Record<string, string>): string {
  return JSON.stringify({
    kind: call.served.resource.kind,
    apiVersion: apiVersion(call.served),
    metadata: {
      resourceVersion: String(call.api.world.store.revision),
      ...(annotations && { annotations }),
    },
  })
}
