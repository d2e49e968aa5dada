// Prometheus and Alertmanager: flags and configuration. They watch the bed itself.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { files } from './identity.ts'
import type { Part, Plans, Setup } from './parts.ts'

/** Seconds between two scrapes and two evaluations. */
const interval = '5s'

export function monitoring(setup: Setup): Pick<Plans, 'prometheus' | 'alertmanager'> {
  const { folder, ports } = setup
  const config = join(folder, 'prometheus.json')
  const rules = join(folder, 'rules.json')
  const routes = join(folder, 'alertmanager.json')
  return {
    prometheus: {
      program: 'prometheus',
      args: [
        `--config.file=${config}`,
        `--storage.tsdb.path=${join(folder, 'prometheus')}`,
        `--web.listen-address=127.0.0.1:${ports.prometheus}`,
        '--web.enable-lifecycle',
        '--web.enable-remote-write-receiver',
        // An Alertmanager that was not up yet missed the first word of an alert; the next would come a minute later.
        `--rules.alert.resend-delay=${interval}`,
        '--log.level=warn',
      ],
      health: `http://127.0.0.1:${ports.prometheus}/-/ready`,
      async prepare() {
        await writeFile(config, JSON.stringify(prometheusConfig(setup, rules)))
        await writeFile(rules, JSON.stringify(ruleGroups))
      },
    },
    alertmanager: {
      program: 'alertmanager',
      args: [
        `--config.file=${routes}`,
        `--storage.path=${join(folder, 'alertmanager')}`,
        `--web.listen-address=127.0.0.1:${ports.alertmanager}`,
        // Alone: no gossip, no port for it.
        '--cluster.listen-address=',
        '--log.level=warn',
      ],
      health: `http://127.0.0.1:${ports.alertmanager}/-/ready`,
      async prepare() {
        await mkdir(join(folder, 'alertmanager'), { recursive: true })
        const route = { receiver: 'nobody', group_by: ['alertname'], group_wait: '1s', group_interval: '5s' }
        await writeFile(routes, JSON.stringify({ route, receivers: [{ name: 'nobody' }] }))
      },
    },
  }
}

function prometheusConfig({ folder, ports, parts }: Setup, rules: string) {
  const job = (name: string, part: Part, port: number, more: object = {}) =>
    parts.has(part) ? [{ job_name: name, static_configs: [{ targets: [`127.0.0.1:${port}`] }], ...more }] : []
  const asAdmin = {
    scheme: 'https',
    tls_config: {
      ca_file: join(folder, files.authorities),
      cert_file: join(folder, files.adminCert),
      key_file: join(folder, files.adminKey),
    },
  }
  return {
    global: { scrape_interval: interval, evaluation_interval: interval },
    rule_files: [rules],
    alerting: {
      alertmanagers: job('', 'alertmanager', ports.alertmanager).map(({ static_configs }) => ({
        static_configs,
      })),
    },
    scrape_configs: [
      ...job('prometheus', 'prometheus', ports.prometheus),
      ...job('alertmanager', 'alertmanager', ports.alertmanager),
      ...job('etcd', 'etcd', ports.etcd),
      ...job('apiserver', 'kube-apiserver', ports.api, asAdmin),
      ...job('source-controller', 'source-controller', ports.sourceMetrics),
      ...job('kustomize-controller', 'kustomize-controller', ports.kustomizeMetrics),
      ...job('helm-controller', 'helm-controller', ports.helmMetrics),
    ],
  }
}

/** One rule of each sort: recorded, always firing, firing when a part is down. */
const ruleGroups = {
  groups: [
    {
      name: 'bed',
      rules: [
        { record: 'job:up:min', expr: 'min by (job) (up)' },
        {
          alert: 'Watchdog',
          expr: 'vector(1)',
          labels: { severity: 'none' },
          annotations: { summary: 'Always fires: shows that alerts arrive.' },
        },
        {
          alert: 'TargetDown',
          expr: 'up == 0',
          for: '10s',
          labels: { severity: 'warning' },
          annotations: { summary: '{{ $labels.job }} does not answer.' },
        },
      ],
    },
  ],
}
