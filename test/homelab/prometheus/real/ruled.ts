// Rules that are to behave alike, and samples of half a minute, one a second, that take them through their states.
import type { RuleGroup } from '#homelab/prometheus/rule-group.ts'
import { type MemorySeries, written } from '../memory-storage.ts'

/** How many seconds the samples last. */
export const seconds = 30

export const rules: readonly RuleGroup[] = [
  {
    name: 'recording',
    interval: '1s',
    rules: [
      { record: 'heartbeat', expr: 'vector(1)' },
      { record: 'job:load:sum', expr: 'sum by (job) (load)' },
      { record: 'job:load:labelled', expr: 'load', labels: { kind: 'made', instance: '', job: 'other' } },
      { record: 'busy', expr: 'load > 5' },
      { record: 'twice', expr: 'job:load:sum * 2' },
      { record: 'clash', expr: 'load', labels: { instance: 'same', job: 'same' } },
      { record: 'fails', expr: 'load + on(job) group_left() load' },
      { record: 'scalars', expr: '3 + 4' },
    ],
  },
  {
    name: 'alerting',
    interval: '1s',
    rules: [
      { alert: 'AtOnce', expr: 'load > 5' },
      { alert: 'Waits', expr: 'load > 5', for: '3s', labels: { severity: 'warning' } },
      { alert: 'Keeps', expr: 'load > 5', keep_firing_for: '2s' },
      { alert: 'WaitsAndKeeps', expr: 'load > 5', for: '2s', keep_firing_for: '3s' },
      { alert: 'Always', expr: 'vector(1234567.5)', annotations: { value: '{{ $value }}' } },
      {
        alert: 'Templated',
        expr: 'load',
        labels: {
          level: '{{ if gt $value 5.0 }}high{{ else }}low{{ end }}',
          job: '{{ $labels.job | toUpper }}',
          none: '{{ $labels.nothing }}',
          alertname: 'Overwritten',
        },
        annotations: {
          plain: 'of {{ $labels.job }}/{{ .Labels.instance }}: {{ $value }}, {{ .Value }}',
          failing: 'so {{ "abc" | humanize }}',
        },
      },
      { alert: 'Clashes', expr: 'load', labels: { instance: 'same', job: 'same' } },
      { alert: 'Fails', expr: 'load + on(job) group_left() load', for: '1s' },
      { alert: 'Never', expr: 'load > 1000', for: '1h', keep_firing_for: '5m' },
      { alert: 'ReadsAlerts', expr: 'count by (alertname) (ALERTS{alertname="AtOnce"})' },
      ...[
        '0',
        '1',
        '-1',
        '12',
        '0.5',
        '0.00012345',
        '-0.02',
        '123.456',
        '999999',
        '1e6',
        '1234567',
        '1e15',
        '3725',
        '90061',
        '59.9999',
        '0.0015',
        'NaN',
        'Inf',
        '-Inf',
        '1767571200.25',
        '0.125',
        '2.5',
        '1000.5',
        '-0.0005',
      ].map((number) => ({
        alert: `Number${number}`,
        expr: `vector(${number})`,
        labels: { number },
        annotations: {
          value: '{{ $value }}',
          humanize: '{{ $value | humanize }}',
          humanize1024: '{{ humanize1024 $value }}',
          percentage: '{{ $value | humanizePercentage }}',
          duration: '{{ $value | humanizeDuration }}',
          timestamp: '{{ $value | humanizeTimestamp }}',
          printed: '{{ printf "%.2f %v %s %g" $value $value "x" $value }}',
          whole: '{{ printf "%.0f|%5.1f|%-8.3f|%e" $value $value $value $value }}',
        },
      })),
      {
        alert: 'Texts',
        expr: 'vector(1)',
        labels: { path: 'a/b.c:9090' },
        annotations: {
          title: '{{ "some words" | title }} {{ "X" | toLower }}',
          port: '{{ "10.0.0.1:9100" | stripPort }} {{ stripPort "host" }}',
          replaced: '{{ reReplaceAll "(a)(b)?" "<$1-$2>" "xabya" }} {{ reReplaceAll "\\\\d+" "#" "a12b3" }}',
          matched: '{{ match "^a.*" "abc" }} {{ if match "z" "abc" }}yes{{ else }}no{{ end }}',
          compared:
            '{{ eq 1 1 }} {{ ne "a" "b" }} {{ lt 1 2 }} {{ gt 2.5 1.5 }} {{ and true false }} {{ or "" "b" }} {{ not true }}',
          nested: '{{ if eq "a" "b" }}1{{ else if eq "a" "a" }}2{{ else }}3{{ end }}',
          trimmed: 'a  {{- " b " -}}  c',
          comment: 'x{{/* nothing */}}y',
          length: '{{ "abc" | len | lt 2 }} {{ $externalLabels.none }}',
          quoted: '{{ printf "%q %d" "a\\"b" 5 }}',
        },
      },
    ],
  },
]

/** The first at `start`, milliseconds. */
export function ruledSamples(start: number): readonly MemorySeries[] {
  const from = (labels: Readonly<Record<string, string>>, notation: string) => {
    const series = written(labels, notation, 1000)
    return { ...series, times: series.times.map((time) => time + start) }
  }
  const load = (job: string, instance: string, notation: string) =>
    from({ __name__: 'load', job, instance }, notation)
  return [
    from({ __name__: 'up', job: 'a' }, `1x${seconds}`),
    load('a', '0', '1 1 7 7 1 1 8 8 8 8 8 1 9 1 1 1 1 9 9 9 9 1 9 9 1 1 9 9 9 9 9'),
    load('a', '1', '1 1 6x6 stale _ _ 6x6 stale 1 1 1 7 7 7 7 7 7 7'),
    load('b', '0', '1x14 nan nan inf inf 1x11'),
  ]
}
