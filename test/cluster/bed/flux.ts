// Flux's controllers: their flags, and the definitions of their kinds, read in their own modules.
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { KubeObject } from '#model/kube.ts'
import { moduleFolder } from '../programs/build.ts'
import { programOf } from '../programs/catalogue.ts'
import { files } from './identity.ts'
import type { PartPlan, Plans, Setup } from './parts.ts'

export const CONTROLLERS = ['source-controller', 'kustomize-controller', 'helm-controller'] as const

/** When to look again at what waits for another; by itself 30 s, which a chain of three would feel. */
const soonAgain = '--requeue-dependency=2s'

export function flux({ folder, ports }: Setup): Pick<Plans, (typeof CONTROLLERS)[number]> {
  const env = { RUNTIME_NAMESPACE: 'flux-system', KUBECONFIG: join(folder, files.components) }
  const controller = (
    program: (typeof CONTROLLERS)[number],
    metrics: number,
    health: number,
    ...more: readonly string[]
  ): PartPlan => ({
    program,
    args: [
      `--metrics-addr=127.0.0.1:${metrics}`,
      `--health-addr=127.0.0.1:${health}`,
      '--watch-all-namespaces=true',
      ...more,
    ],
    env,
    health: `http://127.0.0.1:${health}/readyz`,
  })
  const artifacts = `127.0.0.1:${ports.artifacts}`
  const storage = join(folder, 'artifacts')
  return {
    'source-controller': {
      ...controller(
        'source-controller',
        ports.sourceMetrics,
        ports.sourceHealth,
        `--storage-path=${storage}`,
        `--storage-addr=${artifacts}`,
        `--storage-adv-addr=${artifacts}`,
      ),
      // It wants to find its folder.
      prepare: async () => void (await mkdir(storage, { recursive: true })),
    },
    'kustomize-controller': controller(
      'kustomize-controller',
      ports.kustomizeMetrics,
      ports.kustomizeHealth,
      '--no-remote-bases',
      soonAgain,
    ),
    'helm-controller': controller('helm-controller', ports.helmMetrics, ports.helmHealth, soonAgain),
  }
}

/** The CustomResourceDefinitions of one controller. */
export async function definitions(controller: (typeof CONTROLLERS)[number]): Promise<KubeObject[]> {
  const folder = join(await moduleFolder(programOf(controller)), 'config', 'crd', 'bases')
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml'))
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
  return texts.map((text) => parse(text) as KubeObject)
}
