// Events are stored as core/v1 and served as events.k8s.io/v1 too: the same object, other field names.
import type { KubeObject } from '#model/kube.ts'
import { at } from './json.ts'
import { perObject } from './per-object.ts'

/** A core/v1 Event in the form of events.k8s.io/v1. The same object gives the same answer. */
export const newEvent = perObject(
  (event: KubeObject): KubeObject => ({
    apiVersion: 'events.k8s.io/v1',
    kind: 'Event',
    metadata: event.metadata,
    eventTime: event.eventTime ?? null,
    ...(event.series !== undefined && { series: event.series }),
    reportingController: event.reportingComponent || at(event, 'source', 'component') || '',
    reportingInstance: event.reportingInstance || at(event, 'source', 'host') || '',
    ...(event.action !== undefined && { action: event.action }),
    reason: event.reason,
    regarding: event.involvedObject,
    ...(event.related !== undefined && { related: event.related }),
    note: event.message,
    type: event.type,
    deprecatedSource: event.source ?? {},
    deprecatedFirstTimestamp: event.firstTimestamp ?? null,
    deprecatedLastTimestamp: event.lastTimestamp ?? null,
    ...(event.count !== undefined && { deprecatedCount: event.count }),
  }),
)
