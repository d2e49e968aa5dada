// What the cockpit is measured on.
import { serveHomelabProcess } from '../terminal/served-homelab.ts'

export interface Target {
  readonly kubeconfig: string
  /** Processes that belong to the measurement, so that their work is not taken for a stranger's. */
  readonly pids: readonly number[]
  /** Prometheus there knows what nodes and pods use. */
  readonly knowsUsage: boolean
  stop(): Promise<void>
}

/** A clock that almost stands: nothing changes but what the bench changes. */
const still = ['--speed', '0.000001']

export const homelab = (): Promise<Target> => served()
export const homelabOf = (pods: number): Promise<Target> => served('--pods', String(pods), ...still)

async function served(...flags: readonly string[]): Promise<Target> {
  const { kubeconfig, pid, stop } = await serveHomelabProcess(...flags)
  return { kubeconfig, pids: [pid], knowsUsage: true, stop }
}
