// What trivy-operator found in the images, workloads and roles of the cluster: as many as the image's or object's name
// comes to, and the same for the same image wherever it runs.
import type { World } from '#homelab/world.ts'
import type { Labels } from '#model/prometheus.ts'
import type { Draft, Family, Piece, Scope } from './family.ts'
import { hex, runsOf } from './runs.ts'

const severities = ['Critical', 'High', 'Medium', 'Low', 'Unknown'] as const
type Severity = (typeof severities)[number]

interface Scanned {
  readonly namespace: string
  readonly kind: string
  readonly name: string
  readonly container: string
  readonly image: string
  from: number
  to: number
}

/** What ran in the window, each image of a workload once. */
function scannedIn({ objects, filter, from, to }: Scope): readonly Scanned[] {
  const found = new Map<string, Scanned>()
  for (const history of objects.histories('pods')) {
    const { namespace = '' } = history
    if (!filter.accepts('namespace', namespace)) continue
    for (const run of runsOf(history)) {
      const { owner, name: pod } = run.pod
      if (run.to <= from || run.from > to || owner?.kind === 'Job') continue
      const { name: container, image } = run.container
      const { kind, name } = owner ?? { kind: 'Pod', name: pod }
      const key = `${namespace} ${kind} ${name} ${container} ${image}`
      const known = found.get(key)
      if (!known) found.set(key, { namespace, kind, name, container, image, from: run.from, to: run.to })
      else {
        known.from = Math.min(known.from, run.from)
        known.to = Math.max(known.to, run.to)
      }
    }
  }
  return [...found.values()]
}

/** From 0 to 1, the same for the same words. */
const luck = (words: string) => Number.parseInt(hex(words).slice(0, 8), 16) / 0xffff_ffff

/** Most images have few grave findings; some were not rebuilt for long. */
const most: Readonly<Record<Severity, number>> = { Critical: 3, High: 14, Medium: 42, Low: 60, Unknown: 2 }
const foundIn = (world: World, subject: string, severity: Severity): number =>
  Math.floor(most[severity] * luck(`${world.seed}/${subject}/${severity}`) ** 3)

function imageLabels({ namespace, kind, name, container, image }: Scanned): Labels {
  const [, registry = 'docker.io', repository = image, tag = 'latest'] =
    /^([^/]+\.[^/]+)\/(.+?)(?::([^:@]+))?$/.exec(image) ?? []
  return {
    container_name: container,
    image_registry: registry,
    image_repository: repository,
    image_tag: tag,
    image_digest: `sha256:${hex(image)}`,
    name: `${kind.toLowerCase()}-${name}-${container}`,
    namespace,
    resource_kind: kind,
    resource_name: name,
  }
}

/** One draft for each row of each image, told by the operator. */
function family(
  name: string,
  help: string,
  rows: (scanned: Scanned, world: World) => Iterable<readonly [labels: Labels, value: number]>,
): Family {
  return {
    name: `trivy_${name}`,
    type: 'gauge',
    help,
    unit: '',
    *drafts(scope): Iterable<Draft> {
      const [target] = scope.targets('trivy-operator')
      if (!target) return
      for (const scanned of scannedIn(scope)) {
        const pieces = (value: number): readonly Piece[] => [{ from: scanned.from, to: scanned.to, value }]
        for (const [labels, value] of rows(scanned, scope.world))
          yield { target, labels, pieces: pieces(value) }
      }
    },
  }
}

const perSeverity = (
  name: string,
  help: string,
  worth: (scanned: Scanned, world: World, severity: Severity) => number,
): Family =>
  family(name, help, (scanned, world) =>
    severities.map((severity) => [{ ...imageLabels(scanned), severity }, worth(scanned, world, severity)]),
  )

/** Findings with names of their own: numbers that no list has. */
function* named(scanned: Scanned, world: World): Iterable<readonly [Labels, number]> {
  for (const severity of ['Critical', 'High'] as const) {
    const count = Math.min(2, foundIn(world, scanned.image, severity))
    for (let index = 0; index < count; index += 1) {
      const number = Math.floor(luck(`${scanned.image}/${severity}/${index}`) * 900_000) + 9_000_000
      const labels = { ...imageLabels(scanned), severity, vuln_id: `CVE-2026-${number}` }
      yield [
        { ...labels, fixed_version: '', installed_version: '', resource: 'openssl', class: 'os-pkgs' },
        1,
      ]
    }
  }
}

/** Audits are of the workload as a whole: the first container stands for it. */
function* audits(scanned: Scanned, world: World): Iterable<readonly [Labels, number]> {
  const { namespace, kind, name, container } = scanned
  const report = {
    name: `${kind.toLowerCase()}-${name}`,
    namespace,
    resource_kind: kind,
    resource_name: name,
  }
  for (const severity of severities.slice(0, 4)) {
    yield [
      { ...report, container_name: container, severity },
      Math.ceil(foundIn(world, `${namespace}/${name}`, severity) / 4),
    ]
  }
}

/** Roles have no objects of their own in the homelab; each service account has one. */
const roles: Family = {
  name: 'trivy_role_rbacassessments',
  type: 'gauge',
  help: 'Number of rbac risks in each role',
  unit: '',
  *drafts(scope): Iterable<Draft> {
    const [target] = scope.targets('trivy-operator')
    if (!target) return
    for (const { namespace = '', name, versions } of scope.objects.histories('serviceaccounts')) {
      const at = versions[0]?.at ?? 0
      if (name === 'default' || at > scope.to) continue
      for (const severity of severities.slice(0, 4)) {
        yield {
          target,
          labels: { name: `role-${name}`, namespace, resource_kind: 'Role', resource_name: name, severity },
          pieces: [
            {
              from: at,
              to: Number.POSITIVE_INFINITY,
              value: Math.floor(foundIn(scope.world, `role/${namespace}/${name}`, severity) / 6),
            },
          ],
        }
      }
    }
  },
}

export const trivyFamilies: readonly Family[] = [
  perSeverity(
    'image_vulnerabilities',
    'Number of container image vulnerabilities',
    ({ image }, world, severity) => foundIn(world, image, severity),
  ),
  perSeverity('image_exposedsecrets', 'Number of image exposed secrets', () => 0),
  family('vulnerability_id', 'Number of container image vulnerabilities group by vulnerability id', named),
  family('resource_configaudits', 'Number of failing resource configuration auditing checks', audits),
  roles,
]
