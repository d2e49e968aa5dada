// What programs write: JSON, logfmt, klog, Java and Python with stack traces, access lines, and people's own programs
// with colours, emoji and scripts that are two cells wide.
import type { App, LogStyle } from './catalogue/shapes.ts'
import { chance, hex, pick } from './random.ts'

export interface LogContext {
  readonly app: App
  /** Of the image that runs. */
  readonly version: string
  readonly pod: string
  readonly container: string
  readonly node: string
  readonly seed: number
}

interface Phrase {
  readonly texts: readonly string[]
  readonly stream: 'stdout' | 'stderr'
}

const iso = (at: number) => new Date(at).toISOString()
const stamped = (at: number) => iso(at).replace('T', ' ').replace('Z', '')
const out = (...texts: string[]): Phrase => ({ texts, stream: 'stdout' })
const err = (...texts: string[]): Phrase => ({ texts, stream: 'stderr' })

export function startLines(style: LogStyle, { app, version, container }: LogContext): readonly string[] {
  if (style === 'silent') return []
  if (style === 'json')
    return [
      JSON.stringify({ level: 'info', msg: 'starting', app: app.name, version }),
      JSON.stringify({ level: 'info', msg: 'listening', port: 8080 }),
    ]
  if (style === 'logfmt')
    return [`level=info msg="starting ${container}" version=${version}`, 'level=info msg="server is ready"']
  return [`Starting ${container} ${version}`, `${container} is ready`]
}

function detail(context: LogContext, at: number) {
  const key = `${context.seed}/${at}`
  const route = context.app.traffic?.[0]?.route ?? 'reconcile'
  return {
    trace: hex(key, 32),
    route: pick(
      [route, ...(context.app.traffic ?? []).map((traffic) => traffic.route)],
      chance(`${key}/route`),
    ),
    took: Math.round(4 + chance(`${key}/took`) ** 4 * 400),
    order: 100_000 + Math.floor(chance(`${key}/order`) * 900_000),
  }
}

/** One happening in the log, of one line or more; `share` chooses which, from 0 to 1. */
export function phrase(
  style: LogStyle,
  context: LogContext,
  at: number,
  share: number,
  fails: boolean,
): Phrase {
  return fails ? failures[style](context, at, share) : usual[style](context, at, share)
}

type Write = (context: LogContext, at: number, share: number) => Phrase

const usual: Readonly<Record<LogStyle, Write>> = {
  silent: () => out(),
  json(context, at, share) {
    const { trace, route, took } = detail(context, at)
    const msg = context.app.traffic
      ? 'request completed'
      : pick(
          [
            'reconciliation finished',
            'no changes since last reconciliation',
            'artifact up-to-date',
            'stored artifact',
            'server heartbeat',
          ],
          share,
        )
    return out(
      JSON.stringify({
        ts: iso(at),
        level: share > 0.97 ? 'warn' : 'info',
        msg: share > 0.97 ? 'slow request' : msg,
        ...(context.app.traffic && { route, status: 200, trace_id: trace }),
        duration_ms: share > 0.97 ? took + 900 : took,
        pod: context.pod,
      }),
    )
  },
  logfmt(context, at, share) {
    const { trace, route, took, order } = detail(context, at)
    if (!context.app.traffic)
      return err(
        `ts=${iso(at)} level=info caller=main.go:${100 + (order % 300)} component=${context.container} msg="${pick(['Completed loading of configuration file', 'write block', 'compacted blocks', 'sync done', 'endpoint regenerated'], share)}" duration=${took}ms`,
      )
    return out(
      `time=${iso(at)} level=${share > 0.96 ? 'warn' : 'info'} msg="${share > 0.96 ? 'retrying' : 'handled'}" method=${route} order=${order} took=${took}ms trace_id=${trace}`,
    )
  },
  klog(_, at, share) {
    const time = iso(at)
    const level = share > 0.96 ? 'W' : 'I'
    return err(
      `${level}${time.slice(5, 7)}${time.slice(8, 10)} ${time.slice(11, 23)}000       1 ${pick(['reflector.go:436] "Watch close" reason="expected" total=', 'garbagecollector.go:780] "synced garbage collector" delta=', 'leaderelection.go:281] "successfully renewed lease" attempt=', 'controller.go:155] "quota evaluator" keys='], share)}${Math.floor(share * 40)}`,
    )
  },
  java(context, at, share) {
    const { route, took, order } = detail(context, at)
    return out(
      `${stamped(at)}  ${share > 0.96 ? 'WARN' : 'INFO'} 1 --- [nio-8080-exec-${1 + (order % 9)}] c.b.shop.${context.app.name}.Handler : ${share > 0.96 ? `HikariPool-1 - Connection acquisition took ${took + 300} ms` : `${route} order=${order} done in ${took} ms`}`,
    )
  },
  python(context, at, share) {
    const { route, took, trace } = detail(context, at)
    if (share > 0.985)
      return err(
        `${stamped(at).replace('.', ',')} WARNING ${context.app.name}.worker: pool is at 80 % — 请求队列较长 (queue=${took})`,
      )
    return err(
      `${stamped(at).replace('.', ',')} INFO ${context.app.name}.app: ${route} 200 in ${took}ms trace=${trace}`,
    )
  },
  access(context, at, share) {
    const { took } = detail(context, at)
    return out(
      `10.244.0.${2 + Math.floor(share * 200)} - - [${iso(at)}] "GET ${pick(['/', '/api', '/health', '/assets/app.js'], share)} HTTP/1.1" 200 ${took * 13} "-" "Mozilla/5.0"`,
    )
  },
  home(_, at, share) {
    const time = iso(at).slice(11, 19)
    const device = pick(
      ['0x00158d0001a2 (Küche)', 'living-room lamp 💡', '玄関センサー', 'washing machine', 'heat pump'],
      share,
    )
    if (share > 0.9) return out(`\u001b[33m[${time}] warn:\u001b[39m device '${device}' is slow to answer`)
    return out(
      `\u001b[32m[${time}] info:\u001b[39m MQTT publish: topic 'home/${device}', payload '{"temperature":${(18 + share * 6).toFixed(1)},"linkquality":${Math.floor(60 + share * 120)}}'`,
    )
  },
  plain(context, at, share) {
    const { took, order } = detail(context, at)
    return out(
      `${stamped(at)} [${context.container}] ${pick(['INFO  checkpoint complete', 'INFO  connected client', 'INFO  saved state', 'DEBUG tick', 'INFO  job finished'], share)} id=${order} took=${took}ms`,
    )
  },
  postgres(_, at, share) {
    const line = pick(
      [
        'checkpoint starting: time',
        'checkpoint complete: wrote 812 buffers (0.2%)',
        'automatic vacuum of table "shop.public.orders": index scans: 1',
        'connection authorized: user=shop database=shop',
        'disconnection: session time: 0:00:31.204 user=shop database=shop',
      ],
      share,
    )
    return out(
      JSON.stringify({
        level: 'info',
        ts: iso(at),
        logger: 'postgres',
        msg: 'record',
        record: { log_time: stamped(at), error_severity: 'LOG', sql_state_code: '00000', message: line },
      }),
    )
  },
}

const failures: Readonly<Record<LogStyle, Write>> = {
  silent: () => out(),
  json(context, at, share) {
    const { route, trace, took } = detail(context, at)
    return err(
      JSON.stringify({
        ts: iso(at),
        level: 'error',
        msg: pick(
          ['upstream answered 503', 'context deadline exceeded', 'ECONNRESET: socket hang up'],
          share,
        ),
        route,
        status: 503,
        duration_ms: took + 400,
        trace_id: trace,
        stack:
          'Error: socket hang up\n    at connResetException (node:internal/errors:720:14)\n    at Socket.socketOnEnd (node:_http_client:519:23)',
      }),
    )
  },
  logfmt(context, at) {
    const { route, trace, took, order } = detail(context, at)
    return err(
      `time=${iso(at)} level=error msg="request failed" method=${route} order=${order} took=${took + 300}ms trace_id=${trace} err="rpc error: code = Unavailable desc = connection refused"`,
    )
  },
  klog(context, at, share) {
    return usual.klog(context, at, 0.97 + share * 0.02)
  },
  java(context, at) {
    const { route, order } = detail(context, at)
    return out(
      `${stamped(at)} ERROR 1 --- [nio-8080-exec-3] c.b.shop.${context.app.name}.Handler : ${route} order=${order} failed`,
      'java.net.SocketTimeoutException: Read timed out',
      '\tat java.base/sun.nio.ch.NioSocketImpl.timedRead(NioSocketImpl.java:288)',
      '\tat java.base/sun.nio.ch.NioSocketImpl.implRead(NioSocketImpl.java:314)',
      `\tat com.ben.shop.${context.app.name}.Gateway.call(Gateway.java:84)`,
      '\t... 41 more',
    )
  },
  python(context, at) {
    const { route, trace } = detail(context, at)
    return err(
      `${stamped(at).replace('.', ',')} ERROR ${context.app.name}.app: ${route} 500 trace=${trace}`,
      'Traceback (most recent call last):',
      `  File "/app/${context.app.name.replaceAll('-', '_')}/handlers.py", line 112, in handle`,
      '    result = await self.client.post(url, json=payload, timeout=2.0)',
      'httpx.ReadTimeout: timed out',
    )
  },
  access: (context, at) => out(usual.access(context, at, 0.5).texts[0]?.replace('" 200 ', '" 502 ') ?? ''),
  home: (_, at) =>
    err(`\u001b[31m[${iso(at).slice(11, 19)}] error:\u001b[39m request failed: timeout of 5000ms exceeded`),
  plain: (context, at) => err(`${stamped(at)} [${context.container}] ERROR operation failed: i/o timeout`),
  postgres: (_, at) =>
    err(
      JSON.stringify({
        level: 'info',
        ts: iso(at),
        logger: 'postgres',
        msg: 'record',
        record: {
          log_time: stamped(at),
          error_severity: 'ERROR',
          sql_state_code: '57014',
          message: 'canceling statement due to statement timeout',
        },
      }),
    ),
}
