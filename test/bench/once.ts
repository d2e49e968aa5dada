// One-shot lists: get pods -A beside kubectl's, run by turns so that both meet the same machine.
import { launcher } from '../terminal/served-homelab.ts'
import type { Figure } from './figures.ts'
import type { Target } from './target.ts'
import { median, run, sample } from './tools.ts'

export async function onceFigures(
  { kubeconfig, pids }: Target,
  hasKubectl: boolean,
  count: number,
): Promise<{ readonly figures: readonly Figure[]; readonly kubectl: number | undefined }> {
  const env = { KUBECONFIG: kubeconfig }
  const own = () => run(process.execPath, [launcher, 'get', 'pods', '-A'], env)
  await own()
  const { samples, note } = await sample(count, pids, async () => ({
    own: await own(),
    kubectl: hasKubectl ? await run('kubectl', ['get', 'pods', '-A'], env) : undefined,
  }))
  const time = median(samples.map((one) => one.own.milliseconds))
  const memory = median(samples.map((one) => one.own.memory))
  const theirs = samples.flatMap(({ kubectl }) => kubectl ?? [])
  if (theirs.length === 0) {
    const alone = 'no kubectl here to compare with'
    return {
      kubectl: undefined,
      figures: [
        { name: 'get pods -A, time', value: time, unit: 'ms', note: alone },
        { name: 'get pods -A, memory', value: memory, unit: 'MiB', note: alone },
      ],
    }
  }
  const theirTime = median(theirs.map(({ milliseconds }) => milliseconds))
  const theirMemory = median(theirs.map((one) => one.memory))
  return {
    kubectl: theirTime,
    figures: [
      {
        ...{ name: 'get pods -A, time', value: time / theirTime, unit: '× kubectl', budget: 0.4 },
        note: `${time.toFixed(0)} ms, kubectl ${theirTime.toFixed(0)} ms; ${note}`,
      },
      {
        ...{ name: 'get pods -A, memory', value: memory / theirMemory, unit: '× kubectl', budget: 0.4 },
        note: `${memory.toFixed(0)} MiB, kubectl ${theirMemory.toFixed(0)} MiB; ${note}`,
      },
    ],
  }
}
