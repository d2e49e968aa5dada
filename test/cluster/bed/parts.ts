// The parts of a bed: what each is started with and when it counts as ready. In the order of their start.
import type { ProgramName } from '../programs/catalogue.ts'
import { controlPlane } from './control-plane.ts'
import { flux } from './flux.ts'
import { kwok } from './kwok.ts'
import { monitoring } from './monitoring.ts'

/** Those without which there is no API. */
export const CORE = ['etcd', 'egress', 'kube-apiserver'] as const

export const PARTS = [
  ...CORE,
  'prometheus',
  'alertmanager',
  'kube-controller-manager',
  'kube-scheduler',
  'kwok',
  'source-controller',
  'kustomize-controller',
  'helm-controller',
] as const

export type Part = (typeof PARTS)[number]

/** One port of the bed's block for each thing that listens. */
export const PORTS = [
  'etcd',
  'etcdPeer',
  'api',
  'kwok',
  'prometheus',
  'alertmanager',
  'artifacts',
  'sourceMetrics',
  'sourceHealth',
  'kustomizeMetrics',
  'kustomizeHealth',
  'helmMetrics',
  'helmHealth',
  // A server of the suite's own; pods forward to it.
  'suite',
] as const

export type Ports = Readonly<Record<(typeof PORTS)[number], number>>

/** What a part is made from. */
export interface Setup {
  readonly folder: string
  readonly ports: Ports
  readonly parts: ReadonlySet<Part>
}

export interface PartPlan {
  /** Absent: a script of ours, run by Node. */
  readonly program?: ProgramName
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** An address that answers 200 once it is ready; absent where there is none to ask. */
  readonly health?: string
  /** What must be there before it starts. */
  readonly prepare?: () => Promise<void>
}

export type Plans = Readonly<Record<Part, PartPlan>>

export const plansOf = (setup: Setup): Plans => ({
  ...controlPlane(setup),
  ...kwok(setup),
  ...flux(setup),
  ...monitoring(setup),
})
