// Alert templates; the numbers are those of Prometheus's template reference or follow from Go's formats.
import { expect, test } from 'vitest'
import { expandTemplate } from '#homelab/prometheus/rules/template.ts'

const data = (value: number) => ({ labels: { node: 'atlas', job: 'a' }, value })

test.each([
  ['plain', 1, 'plain'],
  ['{{ $labels.node }} at {{ $value }}', 0.25, 'atlas at 0.25'],
  ['{{ .Labels.node }}{{ .Labels.none }} {{ .Value }}', 1e21, 'atlas 1e+21'],
  ['{{$value | humanize}}', 1234567, '1.235M'],
  ['{{ humanize $value }}', 0.001234, '1.234m'],
  ['{{ $value | humanize1024 }}B', 1073741824, '1GiB'],
  ['{{ $value | humanizePercentage }}', 0.12345, '12.35%'],
  ['{{ $value | humanizePercentage }}', 1, '100%'],
  ['{{ $value | humanizeDuration }}', 3725, '1h 2m 5s'],
  ['{{ $value | humanizeDuration }}', 90061, '1d 1h 1m 1s'],
  ['{{ $value | humanizeDuration }}', 0.0125, '12.5ms'],
  ['{{ $value | humanizeDuration }}', 12.345678, '12.35s'],
  ['{{ $value | humanizeTimestamp }}', 1435781451.5, '2015-07-01 20:10:51.5 +0000 UTC'],
  ['{{ printf "%.2f" $value }}%', 2.71987, '2.72%'],
  ['{{ $value | printf "%.0f of %%" }}', 41.7, '42 of %'],
  ['{{ printf "%s/%s" $labels.job $labels.node | toUpper }}', 1, 'A/ATLAS'],
  ['{{ if gt $value 1.0 }}much{{ else }}little{{ end }}', 2, 'much'],
  ['{{ if $labels.none }}x{{ else if eq $labels.job "a" }}job a{{ else }}y{{ end }}!', 2, 'job a!'],
  ['a {{- /* note */ -}} b', 1, 'ab'],
  ['{{ $value }}', 1234567, '1.234567e+06'],
  ['{{ printf "%.0f" $value }}', 2.5, '2'],
  ['{{ printf "%.0f" $value }}', 3.5, '4'],
  ['{{ printf "%.1f" $value }}', 0.25, '0.2'],
  ['{{ printf "%.4g" $value }}', 1000.5, '1000'],
  ['{{ printf "%e" $value }}', 0.00012345, '1.234500e-04'],
  ['{{ gt $value 5.0 }} {{ lt $value 5.0 }}', Number.NaN, 'true false'],
  ['{{ $nope }}', 1, '<error expanding template: function "$nope" not defined>'],
])('%s of %d', (text, value, expected) => {
  expect(expandTemplate(text, data(value))).toBe(expected)
})
