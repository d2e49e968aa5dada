// The cluster's own parts: control plane, network, metrics-server, GPU plugin, Flux.
import type { App } from './shapes.ts'

const planes = ['nuc-1', 'nuc-2', 'nas-1']
const hr = (name: string) => ({ kind: 'hr' as const, name })
const ks = (name: string) => ({ kind: 'ks' as const, name })

const control = (name: string, use: readonly [cpu: number, memory: number], port: number): App => ({
  namespace: 'kube-system',
  name,
  kind: 'Static',
  version: 'v1.36.1',
  on: planes,
  hostNetwork: true,
  service: false,
  network: [90_000, 140_000],
  lines: 6,
  containers: [
    {
      name,
      image: `registry.k8s.io/${name}:v1.36.1`,
      cpu: [use[0], 0.1, 0],
      memory: [use[1], 256, 0],
      ports: { metrics: port },
      log: 'klog',
    },
  ],
})

const fluxController = (name: string, version: string, memory: number): App => ({
  namespace: 'flux-system',
  name,
  kind: 'Deployment',
  version,
  owner: ks('flux-system'),
  partOf: 'flux',
  component: name,
  lines: 5,
  containers: [
    {
      name: 'manager',
      image: `ghcr.io/fluxcd/${name}:${version}`,
      cpu: [0.03, 0.1, 1],
      memory: [memory, 64, 1024],
      ports: { http: 9090, 'http-prom': 8080, healthz: 9440 },
      log: 'json',
      args: [
        '--events-addr=http://notification-controller.$(RUNTIME_NAMESPACE).svc.cluster.local./',
        '--watch-all-namespaces=true',
        '--log-level=info',
        '--log-encoding=json',
        '--enable-leader-election',
      ],
    },
  ],
})

export const platform: readonly App[] = [
  control('kube-apiserver', [0.32, 1450], 6443),
  control('kube-controller-manager', [0.04, 140], 10257),
  control('kube-scheduler', [0.015, 62], 10259),
  {
    namespace: 'kube-system',
    name: 'coredns',
    kind: 'Deployment',
    version: 'v1.14.1',
    owner: ks('infra'),
    replicas: 2,
    service: 'kube-dns',
    lines: 2,
    containers: [
      {
        name: 'coredns',
        image: 'registry.k8s.io/coredns/coredns:v1.14.1',
        cpu: [0.012, 0.1, 0],
        memory: [38, 70, 170],
        ports: { dns: 53, metrics: 9153 },
        log: 'plain',
      },
    ],
  },
  {
    namespace: 'kube-system',
    name: 'cilium',
    kind: 'DaemonSet',
    version: '1.20.1',
    owner: hr('cilium'),
    partOf: 'cilium',
    hostNetwork: true,
    service: 'cilium-agent',
    headless: true,
    network: [40_000, 40_000],
    containers: [
      {
        name: 'cilium-agent',
        image: 'quay.io/cilium/cilium:v1.20.1',
        cpu: [0.09, 0.1, 0],
        memory: [310, 256, 0],
        ports: { prometheus: 9962, hubble: 9965 },
        log: 'logfmt',
      },
    ],
  },
  {
    namespace: 'kube-system',
    name: 'cilium-envoy',
    kind: 'DaemonSet',
    version: '1.36.2',
    owner: hr('cilium'),
    partOf: 'cilium',
    hostNetwork: true,
    headless: true,
    containers: [
      {
        name: 'cilium-envoy',
        image: 'quay.io/cilium/cilium-envoy:v1.36.2',
        cpu: [0.01, 0.05, 0],
        memory: [46, 64, 0],
        ports: { 'envoy-metrics': 9964 },
        log: 'plain',
      },
    ],
  },
  {
    namespace: 'kube-system',
    name: 'cilium-operator',
    kind: 'Deployment',
    version: '1.20.1',
    owner: hr('cilium'),
    partOf: 'cilium',
    containers: [
      {
        name: 'cilium-operator',
        image: 'quay.io/cilium/operator-generic:v1.20.1',
        cpu: [0.01, 0.05, 0],
        memory: [78, 64, 0],
        ports: { prometheus: 9963 },
        log: 'logfmt',
      },
    ],
  },
  {
    namespace: 'kube-system',
    name: 'hubble-relay',
    kind: 'Deployment',
    version: '1.20.1',
    owner: hr('cilium'),
    partOf: 'cilium',
    containers: [
      {
        name: 'hubble-relay',
        image: 'quay.io/cilium/hubble-relay:v1.20.1',
        cpu: [0.004, 0.01, 0],
        memory: [34, 32, 0],
        ports: { grpc: 4245 },
        log: 'logfmt',
      },
    ],
  },
  {
    namespace: 'kube-system',
    name: 'metrics-server',
    kind: 'Deployment',
    version: '0.9.0',
    owner: hr('metrics-server'),
    containers: [
      {
        name: 'metrics-server',
        image: 'registry.k8s.io/metrics-server/metrics-server:v0.9.0',
        cpu: [0.011, 0.1, 0],
        memory: [52, 128, 0],
        ports: { https: 10250 },
        log: 'klog',
      },
    ],
  },
  {
    namespace: 'kube-system',
    name: 'nvidia-device-plugin',
    kind: 'DaemonSet',
    version: '0.19.0',
    owner: hr('nvidia-device-plugin'),
    on: ['nuc-3'],
    service: false,
    containers: [
      {
        name: 'nvidia-device-plugin-ctr',
        image: 'nvcr.io/nvidia/k8s-device-plugin:v0.19.0',
        cpu: [0.002, 0.01, 0],
        memory: [28, 32, 128],
        log: 'klog',
      },
    ],
  },
  fluxController('source-controller', 'v1.9.4', 182),
  fluxController('kustomize-controller', 'v1.9.4', 210),
  fluxController('helm-controller', 'v1.6.3', 240),
  fluxController('notification-controller', 'v1.9.3', 48),
]
