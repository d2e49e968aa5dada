// The shop: the service graph that makes traces, errors and latency worth looking at.
import type { App, Language, LogStyle, Traffic } from './shapes.ts'

interface Part {
  readonly name: string
  readonly language: Language
  readonly version: string
  readonly replicas?: number
  readonly cpu: readonly [number, number, number]
  readonly memory: readonly [number, number, number]
  readonly log: LogStyle
  readonly traffic: readonly Traffic[]
  readonly callsTo: readonly string[]
  readonly lines: number
  readonly host?: string
  readonly autoscale?: readonly [number, number]
}

const part = ({ name, version, cpu, memory, log, ...more }: Part): App => ({
  namespace: 'shop',
  name,
  kind: 'Deployment',
  version,
  owner: { kind: 'ks', name: 'apps' },
  partOf: 'shop',
  daily: 0.5,
  network: [32_000, 41_000],
  containers: [
    {
      name,
      image: `ghcr.io/ben-home/shop-${name}:${version}`,
      cpu,
      memory,
      ports: { http: 8080, metrics: 9464 },
      log,
    },
  ],
  ...more,
})

export const shop: readonly App[] = [
  part({
    name: 'frontend',
    language: 'nodejs',
    version: '2.14.0',
    replicas: 2,
    cpu: [0.11, 0.1, 0.5],
    memory: [142, 128, 256],
    log: 'json',
    lines: 60,
    host: 'shop.home.arpa',
    autoscale: [2, 5],
    callsTo: ['cart', 'catalog', 'checkout', 'recommendation'],
    traffic: [
      { route: 'GET /', calls: 5.2, errors: 0.001, p50: 38, p99: 210 },
      { route: 'GET /product/:id', calls: 4.1, errors: 0.002, p50: 44, p99: 260 },
      { route: 'POST /cart', calls: 1.3, errors: 0.003, p50: 31, p99: 180 },
      { route: 'POST /checkout', calls: 0.6, errors: 0.003, p50: 142, p99: 620 },
    ],
  }),
  part({
    name: 'cart',
    language: 'go',
    version: '1.8.3',
    replicas: 2,
    cpu: [0.05, 0.05, 0.5],
    memory: [58, 64, 256],
    log: 'logfmt',
    lines: 30,
    callsTo: ['redis-cart'],
    traffic: [
      { route: 'GetCart', calls: 3.4, errors: 0.0005, p50: 4, p99: 21 },
      { route: 'AddItem', calls: 1.3, errors: 0.001, p50: 6, p99: 34 },
    ],
  }),
  part({
    name: 'checkout',
    language: 'go',
    version: '3.2.0',
    replicas: 2,
    cpu: [0.06, 0.1, 0.5],
    memory: [96, 128, 256],
    log: 'logfmt',
    lines: 20,
    callsTo: ['cart', 'payment', 'shipping', 'email', 'pg-main'],
    traffic: [{ route: 'PlaceOrder', calls: 0.6, errors: 0.003, p50: 118, p99: 540 }],
  }),
  part({
    name: 'payment',
    language: 'java',
    version: '5.0.7',
    replicas: 2,
    cpu: [0.09, 0.1, 1],
    memory: [410, 384, 640],
    log: 'java',
    lines: 14,
    callsTo: [],
    traffic: [{ route: 'Charge', calls: 0.6, errors: 0.002, p50: 61, p99: 330 }],
  }),
  part({
    name: 'catalog',
    language: 'java',
    version: '4.4.1',
    replicas: 2,
    cpu: [0.12, 0.1, 1],
    memory: [468, 448, 768],
    log: 'java',
    lines: 20,
    callsTo: ['pg-main'],
    traffic: [
      { route: 'ListProducts', calls: 5.3, errors: 0.0008, p50: 12, p99: 74 },
      { route: 'GetProduct', calls: 4.2, errors: 0.0008, p50: 9, p99: 58 },
    ],
  }),
  part({
    name: 'recommendation',
    language: 'python',
    version: '1.12.2',
    cpu: [0.14, 0.1, 0.5],
    memory: [214, 192, 384],
    log: 'python',
    lines: 18,
    callsTo: ['catalog', 'embeddings'],
    traffic: [{ route: 'Recommend', calls: 4.0, errors: 0.002, p50: 28, p99: 190 }],
  }),
  part({
    name: 'shipping',
    language: 'go',
    version: '1.3.9',
    cpu: [0.015, 0.02, 0.2],
    memory: [32, 32, 128],
    log: 'logfmt',
    lines: 8,
    callsTo: [],
    traffic: [{ route: 'Quote', calls: 0.6, errors: 0.0005, p50: 7, p99: 41 }],
  }),
  part({
    name: 'email',
    language: 'python',
    version: '0.9.4',
    cpu: [0.012, 0.02, 0.2],
    memory: [86, 64, 192],
    log: 'python',
    lines: 6,
    callsTo: [],
    traffic: [{ route: 'SendConfirmation', calls: 0.59, errors: 0.001, p50: 22, p99: 140 }],
  }),
  {
    namespace: 'shop',
    name: 'redis-cart',
    kind: 'StatefulSet',
    version: '8.4.0',
    owner: { kind: 'ks', name: 'apps' },
    partOf: 'shop',
    component: 'cache',
    volume: 2,
    daily: 0.4,
    lines: 2,
    containers: [
      {
        name: 'redis',
        image: 'docker.io/library/redis:8.4.0-alpine',
        cpu: [0.02, 0.05, 0],
        memory: [62, 64, 256],
        ports: { redis: 6379 },
        log: 'plain',
      },
    ],
  },
  {
    namespace: 'shop',
    name: 'load-generator',
    kind: 'Deployment',
    version: '2.1.0',
    owner: { kind: 'ks', name: 'apps' },
    partOf: 'shop',
    service: false,
    lines: 10,
    containers: [
      {
        name: 'load-generator',
        image: 'ghcr.io/ben-home/shop-load:2.1.0',
        cpu: [0.05, 0.05, 0.5],
        memory: [120, 128, 384],
        log: 'python',
      },
    ],
  },
  {
    namespace: 'shop',
    name: 'order-report',
    kind: 'CronJob',
    version: '0.4.0',
    owner: { kind: 'ks', name: 'apps-jobs' },
    partOf: 'shop',
    schedule: '0 * * * *',
    every: 60,
    takes: 48,
    containers: [
      {
        name: 'order-report',
        image: 'ghcr.io/ben-home/order-report:0.4.0',
        cpu: [0.3, 0.1, 1],
        memory: [140, 128, 512],
        log: 'python',
      },
    ],
  },
]
