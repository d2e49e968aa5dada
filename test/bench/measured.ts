// The figures that the README shows: kept beside the bench, one run for each target, and written from there.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Figure, figureTable } from './figures.ts'

export interface Run {
  readonly machine: { readonly cpu: string; readonly cores: number; readonly node: string }
  readonly figures: readonly Figure[]
}

const targets = {
  homelab: 'On the embedded homelab (`npm run bench`)',
  cluster: 'On a real control plane: etcd, kube-apiserver and kwok (`npm run bench -- --cluster`)',
} as const

type Measured = Partial<Record<keyof typeof targets, Run>>

const read = (path: string): Measured => JSON.parse(readFileSync(path, 'utf8'))

export function keep(target: keyof typeof targets, run: Run): void {
  const path = join(import.meta.dirname, 'measured.json')
  writeFileSync(path, `${JSON.stringify({ ...read(path), [target]: run }, undefined, 2)}\n`)
}

/** One table for each target that was measured. */
export function measuredTables(path: string): string {
  const measured = read(path)
  return (Object.keys(targets) as (keyof typeof targets)[])
    .flatMap((target) => {
      const run = measured[target]
      if (run === undefined) return []
      const { cpu, cores, node } = run.machine
      return `${targets[target]}, ${cores} cores of ${cpu}, Node ${node}:\n\n${figureTable(run.figures)}`
    })
    .join('\n\n')
}
