// Which form of an answer the client takes: the objects, a table, metadata only, or protobuf.
import { notAcceptable, unknownMediaType } from './errors.ts'
import { PROTOBUF_TYPE as PROTOBUF } from './protobuf-writer.ts'

export type Form = 'json' | 'table' | 'partial' | 'partial list' | 'protobuf'

export const OFFERED: readonly string[] = ['application/json', 'application/yaml', PROTOBUF]

interface Accepted {
  readonly type: string
  readonly params: ReadonlyMap<string, string>
}

function parseAccept(header: string): readonly Accepted[] {
  return header.split(',').map((item) => {
    const [type = '', ...rest] = item.split(';').map((part) => part.trim())
    const params = new Map(
      rest.map((part): [string, string] => {
        const [key = '', value = ''] = part.split('=')
        return [key, value]
      }),
    )
    return { type, params }
  })
}

/** What the client likes best, where any form can be given. */
export function prefersProtobuf(header: string | undefined): boolean {
  return parseAccept(header ?? '')[0]?.type === PROTOBUF
}

/** The first accepted form that can be given; `protobuf` says whether the kind has one. Throws 406. */
export function negotiate(header: string | undefined, protobuf: boolean): Form {
  if (!header) return 'json'
  const accepted = parseAccept(header)
  for (const { type, params } of accepted) {
    const as = params.get('as')
    if (type === PROTOBUF && as === undefined && protobuf && params.get('stream') === undefined)
      return 'protobuf'
    if (type !== 'application/json' && type !== '*/*' && type !== 'application/*') continue
    if (as === undefined) return 'json'
    if (params.get('g') !== 'meta.k8s.io' || params.get('v') !== 'v1') continue
    if (as === 'Table') return 'table'
    if (as === 'PartialObjectMetadata') return 'partial'
    if (as === 'PartialObjectMetadataList') return 'partial list'
  }
  if (accepted.some(({ type }) => OFFERED.includes(type))) throw notAcceptable(OFFERED)
  const streams = ['application/json', PROTOBUF].map((type) => `${type};stream=watch`)
  throw unknownMediaType([...OFFERED, ...streams])
}
