// Which kinds the server serves: aggregated discovery (two requests), else group by group as before Kubernetes 1.26.

import type { Resource } from '#model/kube.ts'
import { callJson } from './api.ts'
import { type Fields, fields, items, text, texts } from './fields.ts'
import type { Transport } from './transport.ts'

export interface Discovered {
  readonly resources: readonly Resource[]
  /** Groups that did not answer, as `group/version`: an aggregated API whose server is down. */
  readonly failed: readonly string[]
}

const aggregated = ['v2', 'v2beta1']
  .map((version) => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`)
  .join(',')

export async function discover(transport: Transport, signal: AbortSignal): Promise<Discovered> {
  const parts = await Promise.all(['/api', '/apis'].map((path) => discoverRoot(transport, path, signal)))
  return {
    resources: parts.flatMap((part) => part.resources),
    failed: parts.flatMap((part) => part.failed),
  }
}

async function discoverRoot(transport: Transport, path: string, signal: AbortSignal): Promise<Discovered> {
  const headers = { accept: `${aggregated},application/json` }
  const answer = fields(await callJson(transport, { method: 'GET', path, headers }, signal))
  if (answer.kind === 'APIGroupDiscoveryList') return readAggregated(answer)
  if (answer.kind === 'APIVersions') {
    return readGroup(transport, '', texts(answer.versions), signal)
  }
  const groups = items(answer.groups).map(async (value) => {
    const group = fields(value)
    const preferred = text(fields(group.preferredVersion).version)
    const versions = items(group.versions).map((version) => text(fields(version).version) ?? '')
    const ordered = [...new Set([...(preferred === undefined ? [] : [preferred]), ...versions])]
    return readGroup(transport, text(group.name) ?? '', ordered, signal)
  })
  const read = await Promise.all(groups)
  return { resources: read.flatMap((one) => one.resources), failed: read.flatMap((one) => one.failed) }
}

/** Versions come preferred first; a kind is taken from the first version that has it. */
function readAggregated(answer: Fields): Discovered {
  const failed: string[] = []
  const resources = items(answer.items).flatMap((value) => {
    const item = fields(value)
    const group = text(fields(item.metadata).name) ?? ''
    const versions = items(item.versions).map((one) => {
      const version = fields(one)
      const name = text(version.version) ?? ''
      if (version.freshness === 'Stale') failed.push(`${group}/${name}`)
      return items(version.resources).map((resource) => aggregatedResource(group, name, fields(resource)))
    })
    return preferredOf(versions)
  })
  return { resources, failed }
}

function aggregatedResource(group: string, version: string, resource: Fields): Resource {
  return {
    group,
    version,
    plural: text(resource.resource) ?? '',
    kind: text(fields(resource.responseKind).kind) ?? '',
    namespaced: resource.scope === 'Namespaced',
    shortNames: texts(resource.shortNames),
    categories: texts(resource.categories),
    verbs: texts(resource.verbs),
  }
}

async function readGroup(
  transport: Transport,
  group: string,
  versions: readonly string[],
  signal: AbortSignal,
): Promise<Discovered> {
  const failed: string[] = []
  const read = versions.map(async (version) => {
    const path = group === '' ? `/api/${version}` : `/apis/${group}/${version}`
    try {
      const answer = fields(await callJson(transport, { method: 'GET', path }, signal))
      return items(answer.resources).flatMap((value) => listedResource(group, version, fields(value)))
    } catch (error) {
      if (signal.aborted) throw error
      failed.push(`${group}/${version}`)
      return []
    }
  })
  return { resources: preferredOf(await Promise.all(read)), failed }
}

/** Subresources (`pods/log`) are listed beside their parents: they are no kinds. */
function listedResource(group: string, version: string, resource: Fields): Resource[] {
  const plural = text(resource.name) ?? ''
  if (plural.includes('/')) return []
  return [
    {
      group,
      version,
      plural,
      kind: text(resource.kind) ?? '',
      namespaced: resource.namespaced === true,
      shortNames: texts(resource.shortNames),
      categories: texts(resource.categories),
      verbs: texts(resource.verbs),
    },
  ]
}

function preferredOf(versions: readonly (readonly Resource[])[]): readonly Resource[] {
  const seen = new Map<string, Resource>()
  for (const resource of versions.flat()) {
    if (!seen.has(resource.plural)) seen.set(resource.plural, resource)
  }
  return [...seen.values()]
}
