// What is asked of a pod before its kubelet is: which container is meant, and whether there is a kubelet.
import type { KubeObject } from '#model/kube.ts'
import { badRequest } from './errors.ts'
import { listAt, textAt } from './json.ts'

/** The container asked for, or the only one; throws 400 with the names to choose from. */
export function containerOf(pod: KubeObject, asked: string): string {
  const namesOf = (field: string) => listAt(pod, 'spec', field).map((one) => textAt(one, 'name'))
  const containers = namesOf('containers')
  const init = namesOf('initContainers')
  const { name } = pod.metadata
  if (asked !== '') {
    if ([...containers, ...init, ...namesOf('ephemeralContainers')].includes(asked)) return asked
    throw badRequest(`container ${asked} is not valid for pod ${name}`)
  }
  const [only = ''] = containers
  if (containers.length === 1) return only
  const others = init.length > 0 ? ` or one of the init containers: [${init.join(' ')}]` : ''
  throw badRequest(
    `a container name must be specified for pod ${name}, choose one of: [${containers.join(' ')}]${others}`,
  )
}

/** Throws 400 for a pod that is on no node. */
export function checkHost(pod: KubeObject): void {
  if (textAt(pod, 'spec', 'nodeName') !== '') return
  throw badRequest(`pod ${pod.metadata.name} does not have a host assigned`)
}
