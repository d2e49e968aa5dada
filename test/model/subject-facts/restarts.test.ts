// How often containers were started anew and how they ended, in words.
import { describe, expect, test } from 'vitest'
import { containerRestarts, podRestarts, workloadRestarts } from '#model/subject-facts/restarts.ts'
import { pod, written } from './sources.ts'

describe('restarts', () => {
  test('each container by itself, the one that ended last first', () => {
    const facts = containerRestarts([
      { name: 'api', restarts: 3, end: { reason: 'OOMKilled', exitCode: 137, at: 100 } },
      { name: 'proxy', restarts: 1, end: { reason: 'Completed', exitCode: 0, at: 200 } },
      { name: 'quiet', restarts: 0 },
    ])
    expect(facts.map(written)).toEqual([
      'proxy restarted 1×, last Completed (0) 200',
      'warn: api restarted 3×, last OOMKilled (137) 100',
    ])
  })

  test('an end that nobody keeps is named so, one without a restart is an end', () => {
    const facts = containerRestarts([
      { name: 'api', restarts: 2 },
      { name: 'job', restarts: 0, end: { reason: 'Error', exitCode: 1 } },
      { name: 'migrate', restarts: 0, end: { reason: 'Completed', exitCode: 0 } },
    ])
    expect(facts.map(written)).toEqual([
      'warn: api restarted 2×, last end not kept',
      'warn: job ended Error (1)',
    ])
  })

  test('of a pod that could not be read, from its row', () => {
    const killed = { restarts: 4, lastReason: 'OOMKilled', lastExitCode: 137, lastRestartAt: 300 }
    expect(written(podRestarts(pod('a', killed)))).toBe('warn: restarted 4×, last OOMKilled (137) 300')
    expect(written(podRestarts(pod('a')))).toBe('no restarts')
  })

  test('over the pods of a workload: how many, the latest end, and the most frequent where it is another', () => {
    const error = { restarts: 2, lastReason: 'Error', lastExitCode: 1, lastRestartAt: 100 }
    const killed = { restarts: 1, lastReason: 'OOMKilled', lastExitCode: 137, lastRestartAt: 300 }
    const pods = [pod('a', error), pod('b', error), pod('c', killed), pod('d')]
    expect(written(workloadRestarts(pods))).toBe(
      'warn: 5 restarts (3/4 pods), mostly Error, last OOMKilled (137) 300',
    )
    expect(written(workloadRestarts([pod('c', killed)]))).toBe('warn: 1 restart, last OOMKilled (137) 300')
    expect(written(workloadRestarts([pod('d')]))).toBe('no restarts')
  })
})
