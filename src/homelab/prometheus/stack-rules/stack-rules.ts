// Every rule group that the homelab's Prometheus evaluates: the mixins' and the stack's own.
import type { RuleGroup } from '#homelab/prometheus/rule-group.ts'
import { application } from './application.ts'
import { delivery } from './delivery.ts'
import { general } from './general.ts'
import { kubernetesApps, kubernetesNodes, kubernetesStorage } from './kubernetes.ts'
import { containers, node } from './node.ts'
import { kubernetesRecording, nodeRecording } from './recording.ts'

export const stackRules: readonly RuleGroup[] = [
  general,
  kubernetesNodes,
  kubernetesApps,
  kubernetesStorage,
  node,
  containers,
  application,
  delivery,
  kubernetesRecording,
  nodeRecording,
]
