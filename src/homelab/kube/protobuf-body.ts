// Bodies that typed clients send in protobuf: the few kinds that kubectl and k9s write that way.
// Field numbers from k8s.io/api v0.36: core/v1, authorization/v1, autoscaling/v1, policy/v1, and meta/v1.
import { PbfReader } from 'pbf'
import { badRequest, unsupportedMediaType } from './errors.ts'
import type { Fields } from './json.ts'

type Kind = 'string' | 'texts' | 'int' | 'map' | Message
interface Message {
  readonly [number: number]: readonly [name: string, kind: Kind]
}

const META: Message = {
  1: ['name', 'string'],
  2: ['generateName', 'string'],
  3: ['namespace', 'string'],
  5: ['uid', 'string'],
  6: ['resourceVersion', 'string'],
  11: ['labels', 'map'],
  12: ['annotations', 'map'],
  14: ['finalizers', 'texts'],
}

const DELETE_OPTIONS: Message = {
  1: ['gracePeriodSeconds', 'int'],
  2: ['preconditions', { 1: ['uid', 'string'], 2: ['resourceVersion', 'string'] }],
  4: ['propagationPolicy', 'string'],
  5: ['dryRun', 'texts'],
}

const ATTRIBUTES: Message = {
  1: ['namespace', 'string'],
  2: ['verb', 'string'],
  3: ['group', 'string'],
  4: ['version', 'string'],
  5: ['resource', 'string'],
  6: ['subresource', 'string'],
  7: ['name', 'string'],
}

const KINDS: Readonly<Record<string, Message>> = {
  ConfigMap: { 1: ['metadata', META], 2: ['data', 'map'] },
  DeleteOptions: DELETE_OPTIONS,
  Eviction: { 1: ['metadata', META], 2: ['deleteOptions', DELETE_OPTIONS] },
  Namespace: { 1: ['metadata', META] },
  Scale: { 1: ['metadata', META], 2: ['spec', { 1: ['replicas', 'int'] }] },
  SelfSubjectAccessReview: {
    1: ['metadata', META],
    2: [
      'spec',
      {
        1: ['resourceAttributes', ATTRIBUTES],
        2: ['nonResourceAttributes', { 1: ['path', 'string'], 2: ['verb', 'string'] }],
      },
    ],
  },
  SelfSubjectReview: { 1: ['metadata', META] },
  SelfSubjectRulesReview: { 1: ['metadata', META], 2: ['spec', { 1: ['namespace', 'string'] }] },
  ServiceAccount: { 1: ['metadata', META] },
}

const ENVELOPE: Message = {
  1: ['typeMeta', { 1: ['apiVersion', 'string'], 2: ['kind', 'string'] }],
}

/** Decodes the envelope and what is in it; throws 400 for garbage, 415 for a kind that is not known here. */
export function decodeProtobuf(body: Uint8Array): Fields {
  if (Buffer.from(body.subarray(0, 4)).toString('latin1') !== 'k8s\0') {
    throw badRequest('error decoding request body: the envelope is missing')
  }
  const bytes = body.subarray(4)
  const typeMeta = read(ENVELOPE, new PbfReader(bytes), bytes.length).typeMeta
  const { apiVersion, kind } = { apiVersion: '', kind: '', ...(typeMeta as Fields | undefined) }
  const message = KINDS[String(kind)]
  if (!message) throw unsupportedMediaType(['application/json', 'application/yaml'])
  const reader = new PbfReader(bytes)
  let object: Fields = {}
  reader.readFields((tag) => {
    if (tag === 2) object = read(message, reader, reader.readVarint() + reader.pos)
  }, undefined)
  return { ...object, apiVersion, kind }
}

function read(message: Message, reader: PbfReader, end: number): Fields {
  return reader.readFields(
    (tag, into: Fields) => {
      const [name, kind] = message[tag] ?? []
      if (name === undefined || kind === undefined) return
      if (kind === 'string') into[name] = reader.readString()
      else if (kind === 'int') into[name] = reader.readVarint(true)
      else if (kind === 'texts')
        into[name] = [...((into[name] as string[] | undefined) ?? []), reader.readString()]
      else if (kind === 'map') {
        const entry = read(
          { 1: ['key', 'string'], 2: ['value', 'string'] },
          reader,
          reader.readVarint() + reader.pos,
        )
        into[name] = { ...(into[name] as Fields | undefined), [String(entry.key ?? '')]: entry.value ?? '' }
      } else into[name] = read(kind, reader, reader.readVarint() + reader.pos)
    },
    {},
    end,
  )
}
