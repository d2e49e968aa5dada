// Which form of an answer the client takes: the objects, a table, metadata only, or protobuf.
import { notAcceptable } from './errors.ts'
import { PROTOBUF_TYPE as PROTOBUF } from './protobuf-writer.ts'

export type Form = 'json' | 'table' | 'partial' | 'protobuf'

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
  for (const { type, params } of parseAccept(header)) {
    const as = params.get('as')
    if (type === PROTOBUF && as === undefined && protobuf && params.get('stream') === undefined)
      return 'protobuf'
    if (type !== 'application/json' && type !== '*/*' && type !== 'application/*') continue
    if (as === undefined) return 'json'
    if (params.get('g') !== 'meta.k8s.io' || params.get('v') !== 'v1') continue
    if (as === 'Table') return 'table'
    if (as === 'PartialObjectMetadata' || as === 'PartialObjectMetadataList') return 'partial'
  }
  throw notAcceptable(['application/json', 'application/yaml', PROTOBUF])
}
