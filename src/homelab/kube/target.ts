// What a request is about, read from its path and method as the API server's RequestInfo is.
import { noSuchResource } from './errors.ts'

export interface Target {
  /** False for paths such as /healthz: then only `path` and `verb` count. */
  readonly isResource: boolean
  readonly path: string
  /** get, list, watch, create, update, patch, delete, deletecollection; lower-case method for other paths. */
  readonly verb: string
  readonly group: string
  readonly version: string
  readonly namespace?: string
  readonly plural: string
  readonly name?: string
  readonly subresource?: string
  /** What follows the subresource: the path beyond `proxy`, with its leading slash. */
  readonly rest: string
}

const VERBS: Readonly<Record<string, string>> = {
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
}

/** Paths that list groups or kinds have no resource; `/api/v1/namespaces/x` is the namespace itself. */
export function targetOf(method: string, path: string, params: URLSearchParams): Target {
  const other: Target = {
    isResource: false,
    path,
    verb: method.toLowerCase(),
    group: '',
    version: '',
    plural: '',
    rest: '',
  }
  const parts = path.split('/').slice(1)
  const core = parts[0] === 'api'
  if (!core && parts[0] !== 'apis') return other
  const start = core ? 2 : 3
  const [group, version] = core ? ['', parts[1]] : [parts[1], parts[2]]
  if (version === undefined || parts.length <= start || parts[start] === '') return other
  let rest = parts.slice(start)
  let namespace: string | undefined
  if (rest[0] === 'namespaces' && rest[1]) {
    namespace = decode(rest[1])
    if (rest.length > 2 && rest[2] !== 'status' && rest[2] !== 'finalize') rest = rest.slice(2)
  }
  const [plural = '', name, subresource] = rest
  const tail = rest.slice(3).join('/')
  return {
    isResource: true,
    path,
    verb: verbOf(method, name !== undefined && name !== '', params),
    group: group ?? '',
    version,
    plural,
    ...(namespace !== undefined && { namespace }),
    ...(name && { name: decode(name) }),
    ...(subresource && { subresource }),
    rest: subresource && rest.length > 3 ? `/${tail}` : '/',
  }
}

function verbOf(method: string, named: boolean, params: URLSearchParams): string {
  if (method === 'GET' || method === 'HEAD') {
    if (!named) return isTrue(params.get('watch')) ? 'watch' : 'list'
    return 'get'
  }
  if (method === 'DELETE' && !named) return 'deletecollection'
  return VERBS[method] ?? method.toLowerCase()
}

/** As the API server reads a boolean parameter: present and empty is true. */
export function isTrue(value: string | null): boolean {
  return value !== null && value !== 'false' && value !== '0'
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw noSuchResource()
  }
}
