// Kubernetes Events as controllers record them: repeated ones are counted, old ones are forgotten after an hour.
import { type ObjectStore, stamp } from '#homelab/store.ts'
import type { Agenda } from '#homelab/world/agenda.ts'
import { core } from '#homelab/world/kinds.ts'
import { hex } from '#homelab/world/random.ts'
import type { KubeObject } from '#model/kube.ts'

interface Happening {
  readonly about: KubeObject
  readonly type: 'Normal' | 'Warning'
  readonly reason: string
  readonly message: string
  readonly from: string
  readonly host?: string
  readonly annotations?: Record<string, string>
  readonly container?: string
}

export type Recorder = (happening: Happening) => void

/** The API server's default `--event-ttl`. */
const TTL = 3_600_000

export function createRecorder(store: ObjectStore, agenda: Agenda): Recorder {
  const known = new Map<
    string,
    { name: string; namespace: string; count: number; first: number; last: number }
  >()

  const expire = (key: string) => {
    const entry = known.get(key)
    if (!entry) return
    const due = entry.last + TTL
    if (agenda.now() < due) {
      agenda.at(due, () => expire(key))
      return
    }
    known.delete(key)
    store.remove(core.event, entry.namespace, entry.name)
  }

  return ({ about, type, reason, message, from, host, annotations, container }) => {
    const now = agenda.now()
    const { uid = '', name, namespace = 'default', resourceVersion } = about.metadata
    const key = `${uid}/${type}/${reason}/${message}/${from}`
    const known1 = known.get(key)
    const entry = known1 ?? {
      name: `${name}.${hex(`${key}/${now}`, 16)}`,
      namespace,
      count: 0,
      first: now,
      last: now,
    }
    entry.count += 1
    entry.last = now
    if (!known1) {
      known.set(key, entry)
      agenda.at(now + TTL, () => expire(key))
    }
    store.put(core.event, {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: {
        name: entry.name,
        namespace,
        creationTimestamp: stamp(entry.first),
        ...(annotations && { annotations }),
      },
      involvedObject: {
        apiVersion: about.apiVersion,
        kind: about.kind,
        name,
        ...(about.metadata.namespace && { namespace: about.metadata.namespace }),
        uid,
        resourceVersion,
        ...(container && { fieldPath: `spec.containers{${container}}` }),
      },
      type,
      reason,
      message,
      source: { component: from, ...(host && { host }) },
      reportingComponent: from,
      reportingInstance: host ?? '',
      firstTimestamp: stamp(entry.first),
      lastTimestamp: stamp(entry.last),
      eventTime: null,
      count: entry.count,
    })
  }
}
