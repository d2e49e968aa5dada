// A real control plane on loopback: starts its parts, waits until all of them work, and hands out the holds on it.
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { ProgramName } from '../programs/catalogue.ts'
import { findProgram } from '../programs/find.ts'
import { type Api, apiOf } from './api.ts'
import { type Controls, controlsOf } from './controls.ts'
import { CONTROLLERS } from './flux.ts'
import { createIdentity, files } from './identity.ts'
import { CORE, PARTS, type Part, type PartPlan, PORTS, type Ports, plansOf, type Setup } from './parts.ts'
import { seed } from './seed.ts'
import { type Supervised, supervise } from './supervised.ts'
import { Gone, until } from './wait.ts'
import { everythingWorks } from './working.ts'

export interface BedOptions {
  /** What to start beside etcd and the API server; all of it where nothing is said. */
  readonly parts?: readonly Part[]
  readonly nodes?: number
}

export interface Bed extends Controls {
  readonly folder: string
  /** Path of the kubeconfig; its contexts are the homelab's. */
  readonly kubeconfig: string
  readonly url: string
  readonly ports: Ports
  readonly api: Api
  /** Milliseconds from the call until everything worked. */
  readonly took: number
  /** Process numbers of the parts that run. */
  pids(): ReadonlyMap<string, number>
  /** Starts a part that was stopped, and waits until it is ready. */
  start(part: Part): Promise<void>
  /** SIGKILL is a crash. */
  stop(part: Part, signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
  close(): Promise<void>
}

/** The programs that this machine lacks for these parts. */
export function missingPrograms(parts: readonly Part[] = PARTS): readonly ProgramName[] {
  return [...new Set([...CORE, ...parts])]
    .filter((part) => part !== 'egress')
    .filter((program) => findProgram(program) === undefined)
}

/** How long a part may take until it is ready, and the whole until everything works. */
const deadline = 60_000

export async function startBed({ parts = PARTS, nodes = 3 }: BedOptions = {}): Promise<Bed> {
  const begun = performance.now()
  const missing = missingPrograms(parts)
  if (missing.length > 0) throw new Error(`missing ${missing.join(', ')}: npm run test:cluster:install`)
  const supervised = await supervise()
  try {
    return await build(supervised, new Set([...CORE, ...parts]), nodes, begun)
  } catch (error) {
    await supervised.close()
    throw error
  }
}

async function build(
  supervised: Supervised,
  parts: ReadonlySet<Part>,
  nodes: number,
  begun: number,
): Promise<Bed> {
  const { folder } = supervised
  const ports = Object.fromEntries(PORTS.map((name, index) => [name, supervised.firstPort + index])) as Ports
  const setup: Setup = { folder, ports, parts }
  const plans = plansOf(setup)
  const url = `https://127.0.0.1:${ports.api}`
  const wanted = (names: readonly Part[]) => names.filter((name) => parts.has(name))

  const launch = async (part: Part) => {
    await plans[part].prepare?.()
    const { program, args, env } = plans[part]
    supervised.start(part, program ? (findProgram(program) ?? program) : process.execPath, args, env)
  }
  const alive = (part: Part) => {
    const how = supervised.endedHow(part)
    if (how !== undefined) throw new Gone(`${part} ended (${how})`)
  }
  /** With the end of the part's log where it fails. */
  const told = async (part: Part, wait: Promise<void>) =>
    wait.catch(async (error: unknown) => {
      throw new Error(`${error instanceof Error ? error.message : error}\n${await supervised.logTail(part)}`)
    })
  const ready = (part: Part, api: Api) =>
    told(
      part,
      until(`${part} to be ready`, deadline, () => {
        alive(part)
        return isReady(part, plans[part], api, folder)
      }),
    )

  const identityMade = createIdentity(folder, url)
  await launch('etcd')
  const identity = await identityMade
  const api = apiOf(identity.components)
  const start = async (part: Part) => {
    await launch(part)
    await ready(part, api)
  }
  await Promise.all([ready('etcd', api), launch('egress')])
  await launch('kube-apiserver')
  await Promise.all(wanted(['prometheus', 'alertmanager']).map(launch))
  await ready('kube-apiserver', api)
  const followers = wanted(['kube-controller-manager', 'kube-scheduler', 'kwok'])
  const controllers = wanted(CONTROLLERS)
  /** From an API server with an empty store to a bed that works. */
  const fill = async () => {
    await Promise.all(followers.map(launch))
    await seed(api, setup, identity.users, nodes)
    await Promise.all(controllers.map(launch))
    await Promise.all([...parts].map((part) => ready(part, api)))
    const check = () => [...parts].forEach(alive)
    await told('kube-controller-manager', everythingWorks(api, setup, nodes, deadline, check))
  }
  await fill()

  const stop = (part: Part, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM') => supervised.stop(part, signal)
  return {
    folder,
    kubeconfig: join(folder, files.kubeconfig),
    url,
    ports,
    api,
    took: performance.now() - begun,
    pids: () => supervised.pids(),
    start,
    stop,
    ...controlsOf({ setup, identity, start, stop, clients: [...controllers, ...followers], fill }),
    async close() {
      await supervised.close()
      await api.close()
    },
  }
}

async function isReady(part: Part, { health }: PartPlan, api: Api, folder: string): Promise<boolean> {
  if (part === 'kube-apiserver') return (await api.status('/readyz')) === 200
  if (part === 'egress') {
    await access(join(folder, 'egress.sock'))
    return true
  }
  if (health === undefined) return true
  const answer = await fetch(health, { signal: AbortSignal.timeout(2_000) })
  await answer.text()
  return answer.ok
}
