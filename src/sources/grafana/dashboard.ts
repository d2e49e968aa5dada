// A Grafana dashboard's JSON as our Dashboard, whichever of Grafana's schemas it was written in.
// A part of the wrong type spoils that part only; what is no dashboard at all is said.
import type { Dashboard } from '#model/dashboard/dashboard.ts'
import { type Fields, fields, isFields, items, known, number, numeric, text, texts } from '#model/fields.ts'
import { SourceError } from '#model/reading.ts'
import { dataSources } from './data-sources.ts'
import { readRows } from './rows.ts'
import { spanOf } from './span.ts'
import { readVariables } from './variables.ts'

/** Characters. What Grafana itself writes stays far below; a ConfigMap holds half of it. */
const longest = 2_000_000
/** More than anybody can choose from; each costs a query. */
const mostVariables = 500
const mostPanels = 5000

/** `inputs`: what stands for `${DS_X}` and the like, by name, where something beside the dashboard says so. */
export function decodeDashboard(content: string, inputs: Readonly<Record<string, string>> = {}): Dashboard {
  const json = unwrapped(parsed(content))
  refuseTooMany(json)
  const sources = dataSources(json)
  return {
    ...known({
      uid: text(json.uid),
      gnetId: numeric(json.gnetId),
      description: text(json.description),
      span: spanOf(json.time),
    }),
    title: text(json.title) ?? 'A dashboard without a title',
    tags: texts(json.tags),
    variables: readVariables(json, inputs, sources),
    rows: readRows(json, sources),
  }
}

/** Before anything is read: what nobody could look at must not cost the time either. */
function refuseTooMany(json: Fields): void {
  const variables = items(fields(json.templating).list).length + items(json.__inputs).length
  if (variables > mostVariables) throw tooMany(variables, 'variables', mostVariables)
  const outer = [...items(json.panels), ...items(json.rows)]
  const panels = outer.reduce<number>((count, one) => count + 1 + items(fields(one).panels).length, 0)
  if (panels > mostPanels) throw tooMany(panels, 'panels', mostPanels)
}

function parsed(content: string): unknown {
  if (content.length >= longest) {
    const size = (content.length / 1e6).toFixed(1)
    throw new SourceError({
      reason: 'too-many',
      detail: `the dashboard has ${size} MB, more than the 2 MB that are read`,
    })
  }
  try {
    return JSON.parse(content)
  } catch (error) {
    const said = error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''
    throw notOne(`it is no JSON: ${said.slice(0, 120)}`)
  }
}

/** The export of Grafana's API wraps a dashboard, and so does its Kubernetes-like form. */
function unwrapped(json: unknown): Fields {
  if (!isFields(json)) throw notOne('its JSON is no object')
  if (isFields(json.dashboard) && !isBare(json)) return unwrapped(json.dashboard)
  const { apiVersion, spec } = json
  if (text(apiVersion) !== undefined && isFields(spec) && !isBare(json)) {
    if (isFields(spec.elements))
      throw notOne('it is of schema v2, which is not read here', 'export it with the classic model')
    return unwrapped(spec)
  }
  if (isFields(json.elements) && isFields(json.layout)) {
    throw notOne('it is of schema v2, which is not read here', 'export it with the classic model')
  }
  if (isBare(json)) return json
  // An empty one is one too, if it says what it is.
  if (number(json.schemaVersion) !== undefined && text(json.title) !== undefined) return json
  throw notOne('its JSON has neither panels nor rows')
}

const isBare = (json: Fields) => Array.isArray(json.panels) || Array.isArray(json.rows)

function notOne(why: string, fix?: string): SourceError {
  return new SourceError({
    reason: 'invalid',
    detail: `not a Grafana dashboard: ${why}`,
    ...(fix !== undefined && { fix }),
  })
}

function tooMany(count: number, of: string, most: number): SourceError {
  return new SourceError({
    reason: 'too-many',
    detail: `the dashboard has ${count} ${of}, more than the ${most} that are read`,
  })
}

/** Only its own words about itself, for a list: nothing below is decoded. */
export function dashboardTitle(
  content: string,
): Pick<Dashboard, 'uid' | 'gnetId'> & { readonly title?: string } {
  const json = fields(unwrapped(parsed(content)))
  return known({ uid: text(json.uid), gnetId: numeric(json.gnetId), title: text(json.title) })
}
