// More of the same, for a homelab of thousands of pods: machines, namespaces and plain workers.
import { hash } from '#homelab/world/random.ts'
import type { App, Machine } from './shapes.ts'

const PER_NODE = 100
const PER_NAMESPACE = 400

export function moreMachines(pods: number): Machine[] {
  return Array.from({ length: Math.ceil(pods / PER_NODE) }, (_, index) => ({
    name: `rack-${String(index + 1).padStart(3, '0')}`,
    ip: `192.168.${20 + Math.floor(index / 250)}.${1 + (index % 250)}`,
    arch: 'amd64' as const,
    cpus: 32,
    memory: 128,
    controlPlane: false,
    labels: {
      'topology.kubernetes.io/zone': `row-${(index % 4) + 1}`,
      'node.kubernetes.io/instance-type': 'rack',
    },
    taints: [],
    disks: ['nvme0n1'],
    nic: 'eno1',
    filesystems: [
      {
        device: '/dev/nvme0n1p6',
        mountpoint: '/var',
        fstype: 'xfs',
        size: 930,
        used: 0.3 + (index % 9) * 0.03,
      },
    ],
  }))
}

const kinds = ['api', 'worker', 'cache', 'web', 'queue', 'sync', 'index', 'mail'] as const

/** Apps whose replicas together are `pods`. */
export function moreApps(pods: number): App[] {
  const apps: App[] = []
  let left = pods
  for (let index = 0; left > 0; index += 1) {
    const replicas = Math.min(left, 6 + (hash(`grown/${index}`) % 20))
    const namespace = `team-${String(Math.floor((pods - left) / PER_NAMESPACE) + 1).padStart(2, '0')}`
    const name = `${kinds[index % kinds.length]}-${Math.floor(index / kinds.length) + 1}`
    left -= replicas
    apps.push({
      namespace,
      name,
      kind: 'Deployment',
      version: '1.0.0',
      owner: { kind: 'ks', name: 'dev' },
      partOf: namespace,
      replicas,
      containers: [
        {
          name,
          image: `ghcr.io/ben-home/${name}:1.0.0`,
          cpu: [0.04, 0.05, 0.5],
          memory: [70, 64, 256],
          ports: { http: 8080, metrics: 9464 },
          log: 'json',
        },
      ],
    })
  }
  return apps
}
