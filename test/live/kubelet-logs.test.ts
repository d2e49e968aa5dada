import { expect, test } from 'vitest'
import type { LogQuery } from '#cluster/cluster.ts'
import { kubeletLogs, type LogNews } from '#live/kubelet-logs.ts'
import { advance, planStreams, type Resume, skipper, streamsOf } from '#live/log-streams.ts'
import type { KubeObject } from '#model/kube.ts'
import type { LogSubject } from '#model/log.ts'
import type { SourceError } from '#model/reading.ts'
import { podLogsDecoder, splitStamp } from '#sources/kubernetes/logs.ts'
import { fakeCluster, pod, refused } from './fake-cluster.ts'
import { manualTiming } from './manual-timing.ts'

type Runs = Readonly<Record<string, { run?: number; state?: 'running' | 'ended' | 'waiting' }>>

function podWith(name: string, containers: Runs): KubeObject {
  const containerStatuses = Object.entries(containers).map(([container, { run = 0, state = 'running' }]) => ({
    name: container,
    restartCount: run,
    state: { [state === 'ended' ? 'terminated' : state]: {} },
    ...(run > 0 && { lastState: { terminated: { exitCode: 1 } } }),
  }))
  return { ...pod(name), status: { phase: 'Running', containerStatuses } }
}

/** A cluster whose logs a test writes: each open log is a script of lines, an end, or an error. */
function logsOf(subject: LogSubject, options: { follow?: boolean; most?: number } = {}) {
  const timing = manualTiming()
  const stopped = new AbortController()
  const queries: LogQuery[] = []
  const scripts = new Map<string, (string | SourceError)[][]>()
  const cluster = fakeCluster()
  cluster.logs = async function* (query, signal) {
    queries.push(query)
    const lines = scripts.get(`${query.pod}/${query.container}`)?.shift() ?? ['hang']
    for (const line of lines) {
      if (line === 'hang') await new Promise((resolve) => signal.addEventListener('abort', resolve))
      else if (typeof line === 'string') yield line
      else throw line
    }
  }
  const news: LogNews[] = []
  const follow = options.follow ?? true
  const tell = (one: LogNews) => {
    news.push(one)
  }
  const { most } = options
  const run = () =>
    kubeletLogs({
      ...{ cluster, subject, follow, timing, signal: stopped.signal, tell },
      ...(most !== undefined && { most }),
    })
  const texts = () =>
    news.map((one) => {
      if (one.type === 'capped') return `# capped: ${one.capped}`
      return one.type === 'note' ? `# ${one.text}` : `${one.line.pod}: ${one.line.text}`
    })
  return { cluster, timing, queries, scripts, run, texts, stop: () => stopped.abort() }
}

const shop = { namespace: 'shop' } as const
const at = (second: number, fraction = '') => `2026-03-01T00:00:0${second}${fraction}Z`

test('the stamps are asked for and taken off', () => {
  expect(splitStamp('2026-03-01T00:00:01.123456789Z hello  world')).toEqual({
    stamp: '2026-03-01T00:00:01.123456789Z',
    at: Date.UTC(2026, 2, 1, 0, 0, 1, 123),
    text: 'hello  world',
  })
  expect(splitStamp('2026-03-01T01:00:01+01:00 ')).toMatchObject({
    at: Date.UTC(2026, 2, 1, 0, 0, 1),
    text: '',
  })
  expect(splitStamp('unable to retrieve container logs')).toEqual({
    stamp: '',
    text: 'unable to retrieve container logs',
  })
})

test('a broken log is opened again where it was: nothing is lost, nothing told twice', async () => {
  const { cluster, timing, queries, scripts, run, texts, stop } = logsOf({
    ...shop,
    pod: 'web',
    tailLines: 10,
  })
  cluster.put(podWith('web', { app: {} }))
  scripts.set('web/app', [
    [`${at(1)} one`, `${at(1, '.5')} two`, `${at(1, '.5')} three`, refused('unreachable', 'connection lost')],
    [
      `${at(1)} one`,
      `${at(1, '.500')} two`,
      `${at(1, '.5')} three`,
      `${at(1, '.5')} four`,
      `${at(2)} five`,
      'hang',
    ],
  ])
  const done = run()
  await timing.advance(10_000)
  expect(texts()).toEqual([
    'web: one',
    'web: two',
    'web: three',
    '# web/app: connection lost',
    'web: four',
    'web: five',
  ])
  expect(queries).toMatchObject([
    { pod: 'web', container: 'app', follow: true, timestamps: true, tailLines: 10 },
    { sinceTime: at(1, '.5') },
  ])
  stop()
  await done
})

test('a container that was restarted is read on from its last line, before and after its status says so', async () => {
  const { cluster, timing, queries, scripts, run, texts, stop } = logsOf({
    ...shop,
    selector: 'app=web',
    tailLines: 10,
  })
  cluster.put(podWith('web', { app: {} }))
  scripts.set('web/app', [
    [`${at(1)} first run`],
    [`${at(2)} second run`],
    [],
    [`${at(2)} second run`, `${at(3)} third run`, 'hang'],
  ])
  const done = run()
  await timing.advance(1000)
  cluster.put(podWith('web', { app: { run: 1 } }))
  await timing.advance(600)
  cluster.put(podWith('web', { app: { run: 1, state: 'waiting' } }))
  await timing.advance(30_000)
  expect(texts()).toEqual(['web: first run', 'web: second run', '# web/app ended'])
  cluster.put(podWith('web', { app: { run: 2 } }))
  await timing.advance(2000)
  expect(texts().at(-1)).toBe('web: third run')
  expect(queries.slice(1).every((query) => query.sinceTime !== undefined)).toBe(true)
  stop()
  await done
})

test('from a moment on as many lines are read as are kept, shared among the streams', async () => {
  const from = Date.UTC(2026, 2, 1)
  const { cluster, timing, queries, scripts, run, texts, stop } = logsOf(
    { ...shop, selector: 'app=web', from },
    { most: 500 },
  )
  cluster.put(podWith('busy', { app: {} }))
  cluster.put(podWith('quiet', { app: {} }))
  scripts.set('busy/app', [Array.from({ length: 300 }, (_, index) => `${at(1)} line ${index}`)])
  scripts.set('quiet/app', [[`${at(1)} hello`, 'hang']])
  const done = run()
  await timing.advance(1000)
  const busy = texts().filter((text) => text.includes('busy'))
  expect(busy).toHaveLength(251)
  expect(busy.slice(-2)).toEqual(['busy: line 249', '# busy/app is read no further than its first 250 lines'])
  expect(texts()).toContain('quiet: hello')
  expect(queries).toMatchObject([
    { pod: 'busy', sinceTime: '2026-03-01T00:00:00.000Z' },
    { pod: 'quiet', sinceTime: '2026-03-01T00:00:00.000Z' },
  ])
  // A new run would stand behind what was left out.
  cluster.put(podWith('busy', { app: { run: 1 } }))
  await timing.advance(10_000)
  expect(queries).toHaveLength(2)
  stop()
  await done
})

test('where all that was open is read no further it says so, until something is open again', async () => {
  const from = Date.UTC(2026, 2, 1)
  const { cluster, timing, scripts, run, texts, stop } = logsOf(
    { ...shop, selector: 'app=web', from },
    { most: 200 },
  )
  cluster.put(podWith('busy', { app: {}, init: { state: 'ended' } }))
  scripts.set('busy/app', [Array.from({ length: 300 }, (_, index) => `${at(1)} line ${index}`)])
  scripts.set('busy/init', [[`${at(1)} ready`]])
  const done = run()
  await timing.advance(10_000)
  expect(texts().at(-1)).toBe('# capped: true')
  expect(texts().filter((text) => text.includes('capped'))).toHaveLength(1)
  cluster.put(podWith('new', { app: {} }))
  scripts.set('new/app', [[`${at(2)} hello`, 'hang']])
  await timing.advance(1000)
  expect(texts().filter((text) => text.includes('capped'))).toEqual(['# capped: true', '# capped: false'])
  expect(texts()).toContain('new: hello')
  stop()
  await done
})

test('a log that ended by itself is not one that is read no further', async () => {
  const from = Date.UTC(2026, 2, 1)
  const { cluster, timing, scripts, run, texts, stop } = logsOf({ ...shop, pod: 'web', from }, { most: 200 })
  cluster.put(podWith('web', { app: { state: 'ended' } }))
  scripts.set('web/app', [[`${at(1)} bye`]])
  const done = run()
  await timing.advance(10_000)
  expect(texts()).toEqual(['web: bye', '# web/app ended'])
  stop()
  await done
})

test('without following, too, it says that a log is read no further before it ends', async () => {
  const subject = { ...shop, pod: 'web', previous: true, from: Date.UTC(2026, 2, 1) }
  const { cluster, scripts, run, texts } = logsOf(subject, { follow: false, most: 200 })
  cluster.put(podWith('web', { app: { run: 1 } }))
  scripts.set('web/app', [Array.from({ length: 300 }, (_, index) => `${at(1)} line ${index}`)])
  await run()
  expect(texts().slice(-2)).toEqual([
    '# web/app is read no further than its first 200 lines',
    '# capped: true',
  ])
})

test('pods that come while it follows are read too', async () => {
  const { cluster, timing, scripts, run, texts, stop } = logsOf({ ...shop, selector: 'app=web' })
  cluster.put(podWith('web', { app: {} }))
  scripts.set('new/app', [[`${at(1)} hello`, 'hang']])
  const done = run()
  await timing.advance(1000)
  cluster.put(podWith('new', { app: { state: 'waiting' } }))
  await timing.advance(1000)
  expect(texts()).toEqual([])
  cluster.put(podWith('new', { app: {} }))
  await timing.advance(1000)
  expect(texts()).toEqual(['new: hello'])
  stop()
  await done
})

test('without following it ends with the logs, and a failing one does not stop the others', async () => {
  const { cluster, scripts, run, texts } = logsOf({ ...shop, selector: 'app=web' }, { follow: false })
  cluster.put(podWith('a', { app: {} }))
  cluster.put(podWith('b', { app: {} }))
  scripts.set('a/app', [[refused('forbidden', 'pods/log is forbidden')]])
  scripts.set('b/app', [[`${at(1)} hello`]])
  await run()
  expect(texts().toSorted()).toEqual(['# a/app: pods/log is forbidden', 'b: hello'])
})

test('no such pod, or no right to look for it, is an error', async () => {
  const nothing = logsOf({ ...shop, pod: 'web' }, { follow: false })
  await expect(nothing.run()).rejects.toMatchObject({
    reason: 'not-found',
    detail: 'there is no pod web in shop',
  })
  const forbidden = logsOf({ ...shop, pod: 'web' }, { follow: false })
  forbidden.cluster.allowed = []
  await expect(forbidden.run()).rejects.toMatchObject({ reason: 'forbidden' })
})

test('at most fifty logs are open, and the rest is said', async () => {
  const { cluster, timing, queries, run, texts, stop } = logsOf({ ...shop, selector: 'app=web' })
  for (let index = 0; index < 60; index += 1) cluster.put(podWith(`web-${index}`, { app: {} }))
  const done = run()
  await timing.advance(1000)
  expect(queries).toHaveLength(50)
  expect(texts()).toEqual(['# 10 more logs are not read: 50 at most at a time'])
  stop()
  await done
})

test('running containers are opened first, those read before only when they ran anew', () => {
  const { json } = podLogsDecoder()
  const pods = [
    json(podWith('a', { init: { state: 'ended' }, app: {} })),
    json(podWith('b', { app: { state: 'waiting' } })),
  ]
  const wanted = streamsOf(pods, shop)
  expect(wanted.map((one) => `${one.pod}/${one.container}`)).toEqual(['a/init', 'a/app'])
  const others = Array.from(
    { length: 49 },
    (_, index) => [`x${index}`, { open: true, run: 0, resume: undefined }] as const,
  )
  expect(planStreams(wanted, new Map(others))).toMatchObject({ open: [{ container: 'app' }], refused: 1 })
  const read = (run: number) =>
    new Map(wanted.map((one) => [one.id, { open: false, run, resume: undefined }] as const))
  expect(planStreams(wanted, read(0))).toEqual({ open: [], refused: 0 })
  expect(planStreams(wanted, read(-1)).open).toHaveLength(2)
  expect(streamsOf(pods, { ...shop, container: 'init' })).toHaveLength(1)
})

test('a log resumed skips as many lines of the last stamp as were told', () => {
  let resume: Resume | undefined
  for (const stamp of [at(1), at(2), at(2), '', at(2)]) resume = advance(resume, stamp)
  const isNew = skipper(resume)
  const again = [at(1), at(2), at(2), at(2), at(2), '', at(3)]
  expect(again.map(isNew)).toEqual([false, false, false, false, true, true, true])
  expect([at(1), ''].map(skipper(undefined))).toEqual([true, true])
})

test('a reader who has left before it begins waits for nothing', async () => {
  const { cluster, run, stop } = logsOf({ ...shop, pod: 'web' }, { follow: true })
  stop()
  await expect(run()).resolves.toBeUndefined()
  expect(cluster.asked).toEqual([])
})
