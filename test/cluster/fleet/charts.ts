// The Helm repository: one chart in a few versions. It makes a Deployment, and where the values say so an object that
// the API server refuses.
import { createHash } from 'node:crypto'
import { stringify } from 'yaml'
import { archive } from './archive.ts'

export const chartName = 'app'
export const chartVersions = ['1.0.0', '1.1.0'] as const

type Version = (typeof chartVersions)[number]

const metadata = (version: Version) => ({
  apiVersion: 'v2',
  name: chartName,
  version,
  appVersion: `${version}-app`,
  description: 'A Deployment and a ConfigMap',
})

const template = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
spec:
  replicas: {{ .Values.replicas }}
  selector:
    matchLabels: {app: {{ .Release.Name }}}
  template:
    metadata:
      labels: {app: {{ .Release.Name }}}
    spec:
      containers:
      - name: app
        image: {{ printf "example.test/app:%s" .Chart.AppVersion }}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}
data:
  version: {{ .Chart.Version }}
{{- if .Values.refused }}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }}
spec:
  ports:
  - port: 70000
{{- end }}
`

const packages = new Map(
  chartVersions.map((version) => [
    fileOf(version),
    archive({
      [`${chartName}/Chart.yaml`]: stringify(metadata(version)),
      [`${chartName}/values.yaml`]: stringify({ replicas: 1, refused: false }),
      [`${chartName}/templates/all.yaml`]: template,
    }),
  ]),
)

function fileOf(version: Version): string {
  return `${chartName}-${version}.tgz`
}

/** The index tells of these versions alone; each that it tells of can be fetched. */
export function helmRepository(published: readonly Version[]): (name: string) => Buffer | undefined {
  const entries = published.map((version) => ({
    ...metadata(version),
    urls: [fileOf(version)],
    created: '2026-01-01T00:00:00Z',
    digest: createHash('sha256')
      .update(packages.get(fileOf(version)) ?? '')
      .digest('hex'),
  }))
  const index = Buffer.from(stringify({ apiVersion: 'v1', entries: { [chartName]: entries } }))
  return (name) => (name === 'index.yaml' ? index : packages.get(name))
}
