// /openapi/v3, as little of it as clients need to know that the server validates fields itself.
import { type Answer, type Call, jsonAnswer } from './call.ts'

/** The index, or one group's paths; undefined for any other path. */
export function openapiAnswer(call: Call): Answer | undefined {
  const { path } = call.target
  const all = call.api.registry.all()
  const pathOf = (group: string, version: string) => (group ? `apis/${group}/${version}` : `api/${version}`)
  if (path === '/openapi/v3') {
    const groups = new Set(all.map(({ resource }) => pathOf(resource.group, resource.version)))
    const paths = [...groups].map((group) => [group, { serverRelativeURL: `/openapi/v3/${group}?hash=1` }])
    return jsonAnswer({ paths: Object.fromEntries(paths) })
  }
  const group = /^\/openapi\/v3\/(.+)$/.exec(path)?.[1]
  const served = all.filter(({ resource }) => pathOf(resource.group, resource.version) === group)
  if (group === undefined || served.length === 0) return undefined
  const parameters = ['dryRun', 'fieldManager', 'fieldValidation'].map((name) => ({
    name,
    in: 'query',
    schema: { type: 'string' },
  }))
  const paths = served.map(({ resource }) => {
    const { plural, kind, version, namespaced } = resource
    const operation = {
      parameters,
      responses: { 200: { description: 'OK' } },
      'x-kubernetes-group-version-kind': { group: resource.group, version, kind },
    }
    const place = `/${group}${namespaced ? '/namespaces/{namespace}' : ''}/${plural}`
    return [`${place}/{name}`, { patch: operation, put: operation }]
  })
  return jsonAnswer({
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.36.3' },
    paths: Object.fromEntries(paths),
  })
}
