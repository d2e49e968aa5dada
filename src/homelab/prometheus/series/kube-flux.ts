// gotk_resource_info: every Flux object, as kube-state-metrics' custom resource state shows it to Flux's dashboards.
import type { Family } from './family.ts'
import { type Fields, fields, list, text } from './fields.ts'
import { type Facts, factsOf } from './kube-facts.ts'
import { familiesOf } from './kube-object.ts'

const source = 'source.toolkit.fluxcd.io'
const kinds: readonly (readonly [group: string, plural: string, kind: string])[] = [
  ['kustomize.toolkit.fluxcd.io', 'kustomizations', 'Kustomization'],
  ['helm.toolkit.fluxcd.io', 'helmreleases', 'HelmRelease'],
  [source, 'gitrepositories', 'GitRepository'],
  [source, 'ocirepositories', 'OCIRepository'],
  [source, 'helmrepositories', 'HelmRepository'],
  [source, 'helmcharts', 'HelmChart'],
  [source, 'buckets', 'Bucket'],
  ['notification.toolkit.fluxcd.io', 'alerts', 'Alert'],
  ['notification.toolkit.fluxcd.io', 'providers', 'Provider'],
  ['notification.toolkit.fluxcd.io', 'receivers', 'Receiver'],
]

const readyOf = (status: Fields) =>
  text(list(status.conditions).find((condition) => condition.type === 'Ready')?.status)

/** What each kind adds: where it comes from, and which revision it has. */
function detailsOf({ spec, status, object }: Facts): Readonly<Record<string, string>> {
  const reference = fields(spec.sourceRef)
  const artifact = fields(status.artifact)
  const newest = list(status.history)[0]
  switch (object.kind) {
    case 'Kustomization':
      return {
        revision: text(status.lastAppliedRevision),
        source_name: text(reference.name),
        path: text(spec.path),
      }
    case 'HelmRelease': {
      const chart = fields(fields(spec.chart).spec)
      return {
        revision: text(newest?.chartVersion),
        chart_name: text(newest?.chartName) || text(chart.chart),
        chart_source_name: text(fields(spec.chartRef).name) || text(fields(chart.sourceRef).name),
        chart_ref_name: text(fields(spec.chartRef).name),
      }
    }
    case 'HelmChart':
      return {
        revision: text(artifact.revision),
        chart_name: text(spec.chart),
        chart_version: text(spec.version),
        source_name: text(reference.name),
      }
    default:
      return { revision: text(artifact.revision), url: text(spec.url) }
  }
}

export const fluxResourceFamilies: readonly Family[] = mergedByName(
  kinds.flatMap(([group, plural, kind]) =>
    familiesOf({
      plural,
      group,
      nameLabel: 'name',
      namespaceLabel: 'exported_namespace',
      decode: factsOf,
      metrics: [
        {
          name: 'gotk_resource_info',
          type: 'gauge',
          help: 'The current state of a Flux object.',
          rows: (facts) => [
            [
              {
                customresource_group: group,
                customresource_kind: kind,
                customresource_version: facts.object.apiVersion.replace(/^.*\//, ''),
                exported_namespace: facts.namespace,
                name: facts.name,
                ready: readyOf(facts.status),
                suspended: facts.spec.suspend === true ? 'true' : '',
                ...detailsOf(facts),
              },
              1,
            ],
          ],
        },
      ],
    }),
  ),
)

function mergedByName(families: readonly Family[]): readonly Family[] {
  const [first] = families
  if (!first) return []
  return [
    {
      ...first,
      *drafts(scope) {
        for (const family of families) yield* family.drafts(scope)
      },
    },
  ]
}
