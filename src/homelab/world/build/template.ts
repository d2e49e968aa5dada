// An app's pod template: containers with probes, environment, mounts and resources, as its chart would write them.
import type { App, ContainerPart } from '#homelab/world/catalogue/shapes.ts'
import { appLabels } from './meta.ts'

interface Container {
  readonly name: string
  readonly image: string
  readonly [field: string]: unknown
}

export interface PodTemplate {
  readonly metadata: {
    readonly labels: Record<string, string>
    readonly annotations?: Record<string, string>
  }
  readonly spec: {
    readonly containers: readonly Container[]
    readonly serviceAccountName?: string
    readonly nodeSelector?: Record<string, string>
    readonly [field: string]: unknown
  }
}

const cores = (value: number) => (value < 1 ? `${Math.round(value * 1000)}m` : String(value))
const mebibytes = (value: number) => (value % 1024 === 0 ? `${value / 1024}Gi` : `${value}Mi`)

function resourcesOf({ cpu, memory, gpus }: ContainerPart) {
  const gpu = gpus ? { 'nvidia.com/gpu': String(gpus) } : {}
  const requests = {
    ...(cpu[1] > 0 && { cpu: cores(cpu[1]) }),
    ...(memory[1] > 0 && { memory: mebibytes(memory[1]) }),
    ...gpu,
  }
  const limits = {
    ...(cpu[2] > 0 && { cpu: cores(cpu[2]) }),
    ...(memory[2] > 0 && { memory: mebibytes(memory[2]) }),
    ...gpu,
  }
  return {
    ...(Object.keys(limits).length > 0 && { limits }),
    ...(Object.keys(requests).length > 0 && { requests }),
  }
}

function environmentOf(app: App) {
  const own = [
    { name: 'POD_NAME', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } } },
    { name: 'POD_NAMESPACE', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } } },
    { name: 'TZ', value: 'Europe/Berlin' },
  ]
  if (!app.language) return own
  return [
    ...own,
    { name: 'OTEL_SERVICE_NAME', value: app.name },
    { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: 'http://otel-collector.observability.svc:4318' },
    { name: 'OTEL_EXPORTER_OTLP_PROTOCOL', value: 'http/protobuf' },
    { name: 'OTEL_TRACES_SAMPLER', value: 'parentbased_traceidratio' },
    { name: 'OTEL_TRACES_SAMPLER_ARG', value: '1' },
    {
      name: 'OTEL_RESOURCE_ATTRIBUTES',
      value: `service.namespace=${app.namespace},service.version=${app.version},deployment.environment=home`,
    },
    ...(app.callsTo ?? []).map((name) => ({
      name: `${name.toUpperCase().replaceAll('-', '_')}_ADDR`,
      value: `http://${name}:8080`,
    })),
    {
      name: 'DATABASE_PASSWORD',
      valueFrom: { secretKeyRef: { name: `${app.name}-secret`, key: 'password' } },
    },
  ]
}

function probesOf(part: ContainerPart) {
  const port = Object.keys(part.ports ?? {})[0]
  if (!port) return {}
  const probe = (path: string, period: number) => ({
    httpGet: { path, port, scheme: 'HTTP' },
    timeoutSeconds: 3,
    periodSeconds: period,
    successThreshold: 1,
    failureThreshold: 3,
  })
  return { livenessProbe: probe('/healthz', 20), readinessProbe: probe('/readyz', 10) }
}

function containerOf(app: App, part: ContainerPart): Container {
  return {
    name: part.name,
    image: part.image,
    ...(part.args && { args: part.args }),
    ...(part.ports && {
      ports: Object.entries(part.ports).map(([name, containerPort]) => ({
        name,
        containerPort,
        protocol: name === 'dns' ? 'UDP' : 'TCP',
        ...(app.hostNetwork && { hostPort: containerPort }),
      })),
    }),
    env: environmentOf(app),
    resources: resourcesOf(part),
    volumeMounts: [
      { name: 'config', readOnly: true, mountPath: '/etc/config' },
      ...(app.volume ? [{ name: 'data', mountPath: '/data' }] : []),
      { name: 'tmp', mountPath: '/tmp' },
    ],
    ...probesOf(part),
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: 'IfNotPresent',
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    },
  }
}

export function templateOf(app: App): PodTemplate {
  const annotations = {
    ...(app.language && {
      'prometheus.io/scrape': 'true',
      'resource.opentelemetry.io/service.name': app.name,
    }),
    ...((app.language === 'python' || app.language === 'nodejs') && {
      [`instrumentation.opentelemetry.io/inject-${app.language}`]: 'observability/default',
    }),
    'checksum/config': `${app.namespace}-${app.name}-${app.version}`,
  }
  const claim = app.kind === 'Deployment' && app.volume ? [dataVolume(app.name)] : []
  return {
    metadata: { labels: appLabels(app), annotations },
    spec: {
      volumes: [
        { name: 'config', configMap: { name: `${app.name}-config`, defaultMode: 420 } },
        ...claim,
        { name: 'tmp', emptyDir: {} },
      ],
      containers: app.containers.map((part) => containerOf(app, part)),
      restartPolicy: app.kind === 'CronJob' ? 'OnFailure' : 'Always',
      terminationGracePeriodSeconds: 30,
      dnsPolicy: app.hostNetwork ? 'ClusterFirstWithHostNet' : 'ClusterFirst',
      serviceAccountName: app.name,
      serviceAccount: app.name,
      ...(app.hostNetwork && { hostNetwork: true }),
      ...(app.on?.length === 1 &&
        app.kind !== 'Static' && { nodeSelector: { 'kubernetes.io/hostname': app.on[0] ?? '' } }),
      securityContext: app.hostNetwork
        ? {}
        : {
            runAsNonRoot: true,
            runAsUser: 65532,
            fsGroup: 65532,
            seccompProfile: { type: 'RuntimeDefault' },
          },
      schedulerName: 'default-scheduler',
      ...(app.kind === 'DaemonSet' && { tolerations: [{ operator: 'Exists' }] }),
    },
  }
}

const dataVolume = (name: string) => ({
  name: 'data',
  persistentVolumeClaim: { claimName: `data-${name}` },
})
