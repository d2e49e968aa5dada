// What Cilium's operator tells: its process, and the address pools that it hands out. It runs without a cloud, so it has
// none of a cloud's series.
import type { Family } from '#homelab/prometheus/series/family.ts'
import { jobIs, partOf } from '#homelab/prometheus/series/part.ts'
import { loaded, ofMemory, since } from '#homelab/prometheus/series/worth.ts'

const operator = partOf(jobIs('cilium-operator'))

export const ciliumOperatorFamilies: readonly Family[] = [
  operator.counter(
    'cilium_operator_process_cpu_seconds_total',
    'Total user and system CPU time spent in seconds.',
    (program) => [[{}, (time) => program.signals.cpu.total(program.startedAt, time)]],
  ),
  operator.gauge(
    'cilium_operator_process_resident_memory_bytes',
    'Resident memory size in bytes.',
    (program) => [[{}, ofMemory(0.92)(program)]],
  ),
  operator.gauge('cilium_operator_process_open_fds', 'Number of open file descriptors.', (program) => [
    [{}, loaded(24, 120)(program)],
  ]),
  operator.counter(
    'cilium_operator_identity_gc_runs',
    'The number of times identity garbage collector has run',
    (program) => [
      [{ outcome: 'success', identity_type: 'crd' }, since(1 / 900)(program)],
      [{ outcome: 'fail', identity_type: 'crd' }, 0],
    ],
  ),
  operator.gauge(
    'cilium_operator_identity_gc_entries',
    'The number of alive and deleted identities at the end of a garbage collector run',
    ({ scope }) => {
      const namespaces = scope.objects.histories('namespaces').length
      return [
        [{ status: 'alive', identity_type: 'crd' }, namespaces * 4],
        [{ status: 'deleted', identity_type: 'crd' }, 1],
      ]
    },
  ),
  operator.gauge(
    'cilium_operator_unmanaged_pods',
    'The total number of unmanaged pods observed by Cilium',
    () => [[{}, 0]],
  ),
]
