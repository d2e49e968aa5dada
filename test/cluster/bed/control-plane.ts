// etcd and Kubernetes' own programs: their flags.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { files } from './identity.ts'
import type { PartPlan, Plans, Setup } from './parts.ts'

const socketName = 'egress.sock'
const egressConfig = 'egress.json'

export const etcdData = (folder: string) => join(folder, 'etcd')

type Planned = 'etcd' | 'egress' | 'kube-apiserver' | 'kube-controller-manager' | 'kube-scheduler'

export function controlPlane(setup: Setup): Pick<Plans, Planned> {
  const { folder } = setup
  const at = (name: string) => join(folder, name)
  const socket = at(socketName)
  const asAdmin = `--kubeconfig=${at(files.components)}`
  return {
    etcd: etcd(setup),
    egress: { args: [join(import.meta.dirname, 'egress.ts'), socket] },
    'kube-apiserver': {
      program: 'kube-apiserver',
      args: apiServerFlags(setup),
      prepare: () => writeFile(at(egressConfig), JSON.stringify(egressSelector(socket))),
    },
    'kube-controller-manager': {
      program: 'kube-controller-manager',
      args: [
        asAdmin,
        `--authentication-kubeconfig=${at(files.components)}`,
        `--authorization-kubeconfig=${at(files.components)}`,
        '--use-service-account-credentials=true',
        `--service-account-private-key-file=${at(files.accountKey)}`,
        `--root-ca-file=${at(files.authorities)}`,
        '--leader-elect=false',
        '--bind-address=127.0.0.1',
        '--secure-port=0',
      ],
    },
    'kube-scheduler': {
      program: 'kube-scheduler',
      args: [asAdmin, '--leader-elect=false', '--bind-address=127.0.0.1', '--secure-port=0'],
    },
  }
}

function etcd({ folder, ports }: Setup): PartPlan {
  const client = `http://127.0.0.1:${ports.etcd}`
  const peer = `http://127.0.0.1:${ports.etcdPeer}`
  return {
    program: 'etcd',
    args: [
      `--data-dir=${etcdData(folder)}`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=default=${peer}`,
      // Nothing here has to survive a power cut.
      '--unsafe-no-fsync',
      '--log-level=warn',
    ],
    health: `${client}/health`,
  }
}

/** A TCP transport without TLS makes the API server panic; a Unix socket does not. */
const egressSelector = (socket: string) => ({
  apiVersion: 'apiserver.k8s.io/v1beta1',
  kind: 'EgressSelectorConfiguration',
  egressSelections: [
    {
      name: 'cluster',
      connection: { proxyProtocol: 'HTTPConnect', transport: { uds: { udsName: socket } } },
    },
  ],
})

function apiServerFlags({ folder, ports, parts }: Setup): string[] {
  const at = (name: string) => join(folder, name)
  return [
    `--etcd-servers=http://127.0.0.1:${ports.etcd}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${ports.api}`,
    '--advertise-address=10.96.0.1',
    '--endpoint-reconciler-type=none',
    `--tls-cert-file=${at(files.servingCert)}`,
    `--tls-private-key-file=${at(files.servingKey)}`,
    `--cert-dir=${at('certificates')}`,
    `--client-ca-file=${at(files.authorities)}`,
    `--token-auth-file=${at(files.tokens)}`,
    '--anonymous-auth=false',
    '--authorization-mode=Node,RBAC',
    '--allow-privileged=true',
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${at(files.accountPublicKey)}`,
    `--service-account-signing-key-file=${at(files.accountKey)}`,
    '--service-cluster-ip-range=10.96.0.0/16',
    `--kubelet-client-certificate=${at(files.adminCert)}`,
    `--kubelet-client-key=${at(files.adminKey)}`,
    '--kubelet-preferred-address-types=InternalIP',
    `--egress-selector-config-file=${at(egressConfig)}`,
    // Without the controller manager nobody makes the accounts that pods would need.
    ...(parts.has('kube-controller-manager') ? [] : ['--disable-admission-plugins=ServiceAccount']),
  ]
}
