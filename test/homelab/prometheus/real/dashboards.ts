// The expressions of Grafana dashboards that lie beside the checkout, their variables filled in. They are material to
// read, not part of the project: where the folder is absent there are none.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** OBSDECK_DASHBOARDS, or `shared/dashboards` beside the checkout; undefined where neither is there. */
export function findDashboards(): string | undefined {
  const { OBSDECK_DASHBOARDS } = process.env
  const checkout = join(import.meta.dirname, '../../../..')
  return [OBSDECK_DASHBOARDS ?? '', join(checkout, '../shared/dashboards')].find(existsSync)
}

/** What variables stand for; any other is a word of its own. */
const values: Readonly<Record<string, string>> = {
  __interval: '1m',
  __interval_ms: '60000',
  __rate_interval: '4m',
  __range: '1h',
  __range_s: '3600',
  __range_ms: '3600000',
  interval: '5m',
  resolution: '1m',
}

/** `$name`, `${name}`, `${name:format}` and `[[name]]`; `$1` is a replacement's own. */
const variable = /\$([a-zA-Z_]\w*)|\$\{([a-zA-Z_]\w*)(?::\w+)?\}|\[\[(\w+)\]\]/g

function filled(expression: string): string {
  return expression.replace(variable, (_, bare?: string, braced?: string, old?: string) => {
    const name = bare ?? braced ?? old ?? ''
    return values[name] ?? `some_${name}`
  })
}

/** Each expression once, from every dashboard that asks a Prometheus: panels within rows included. */
export function dashboardExpressions(folder: string): readonly string[] {
  const found = new Set<string>()
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    gather(JSON.parse(readFileSync(join(folder, file), 'utf8')), found)
  }
  return [...found]
}

function gather(part: unknown, found: Set<string>): void {
  if (Array.isArray(part)) {
    for (const item of part) gather(item, found)
    return
  }
  if (typeof part !== 'object' || part === null) return
  const { datasource, expr } = part as { datasource?: unknown; expr?: unknown }
  if (
    JSON.stringify(datasource ?? '')
      .toLowerCase()
      .includes('loki')
  )
    return
  if (typeof expr === 'string' && expr.trim() !== '') found.add(filled(expr))
  for (const item of Object.values(part)) gather(item, found)
}
