// Which data source a panel or a query means. Only its type matters here: there is one Prometheus and one ClickHouse.
import type { Target } from '#model/dashboard/dashboard.ts'
import { type Fields, fields, isFields, items, text } from '#model/fields.ts'

export type Source = Pick<Target, 'source' | 'sourceName'>

/** The types of the data sources that stand for a name: `${DS_PROMETHEUS}`, `$datasource`. */
export type SourceTypes = ReadonlyMap<string, string>

export function dataSources(json: Fields): SourceTypes {
  const inputs = items(json.__inputs)
    .filter(isFields)
    .map(
      ({ name, type, pluginId }) => [text(name), type === 'datasource' ? text(pluginId) : undefined] as const,
    )
  const variables = items(fields(json.templating).list)
    .filter(isFields)
    .map(({ name, type, query }) => [text(name), type === 'datasource' ? text(query) : undefined] as const)
  return new Map(
    [...inputs, ...variables].filter(
      (one): one is [string, string] => one[0] !== undefined && one[1] !== undefined,
    ),
  )
}

/** The first reference that says something; none at all is the default, which is Prometheus in this stack. */
export function sourceOf(references: readonly unknown[], types: SourceTypes): Source {
  for (const reference of references) {
    const type = typeOf(reference, types)
    if (type !== undefined) return ofType(type)
  }
  return ofType('prometheus')
}

function typeOf(reference: unknown, types: SourceTypes): string | undefined {
  if (typeof reference === 'string') return typeOfName(reference, types)
  const { type, uid } = fields(reference)
  const written = text(type)
  if (written === undefined || written === 'datasource') {
    return typeof uid === 'string' ? typeOfName(uid, types) : undefined
  }
  return written
}

function typeOfName(name: string, types: SourceTypes): string | undefined {
  const variable = /^\$\{?(\w+)(?::\w+)?\}?$/.exec(name)?.[1] ?? /^\[\[(\w+)\]\]$/.exec(name)?.[1]
  if (variable !== undefined) return types.get(variable) ?? guess(variable)
  // What is mixed says each query for itself.
  if (name === '' || name === 'default' || name === '-- Mixed --') return undefined
  if (name === '-- Grafana --' || name === 'grafana') return 'grafana'
  if (name === '-- Dashboard --') return 'dashboard'
  return guess(name)
}

const telling = [
  'loki',
  'tempo',
  'clickhouse',
  'elasticsearch',
  'influxdb',
  'graphite',
  'postgres',
  'mysql',
  'jaeger',
  'alertmanager',
  'cloudwatch',
  'pyroscope',
] as const

/** A name or a uid of which nothing is known is taken for the default. */
function guess(name: string): string | undefined {
  return telling.find((one) => name.toLowerCase().includes(one))
}

const names: Readonly<Record<string, string>> = {
  loki: 'Loki',
  tempo: 'Tempo',
  elasticsearch: 'Elasticsearch',
  influxdb: 'InfluxDB',
  grafana: 'Grafana itself',
  dashboard: 'another panel of the dashboard',
  __expr__: 'an expression that Grafana’s server evaluates',
}

function ofType(type: string): Source {
  if (/prometheus/i.test(type)) return { source: 'prometheus', sourceName: 'Prometheus' }
  if (/clickhouse/i.test(type)) return { source: 'clickhouse', sourceName: 'ClickHouse' }
  return { source: 'other', sourceName: Object.hasOwn(names, type) ? (names[type] ?? type) : type }
}
