// Values in a scenario's YAML: offsets (`-4m`, `1h30m`), spans (`20s`) and quantities (`7.9Gi`, `12%`).
import * as v from 'valibot'

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

function milliseconds(text: string): number {
  let sum = 0
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)) {
    sum += Number(amount) * (units[unit ?? ''] ?? 0)
  }
  return text.startsWith('-') ? -sum : sum
}

export const offset = v.pipe(
  v.string('must be an offset such as -4m, 0s or 1h30m'),
  v.regex(/^[+-]?(\d+(\.\d+)?(ms|s|m|h|d))+$/, 'must be an offset such as -4m, 0s or 1h30m'),
  v.transform(milliseconds),
)

export const span = v.pipe(
  v.string('must be a duration such as 20s'),
  v.regex(/^(\d+(\.\d+)?(ms|s|m|h|d))+$/, 'must be a duration such as 20s'),
  v.transform(milliseconds),
)

const scales: Readonly<Record<string, number>> = {
  '': 1,
  '%': 0.01,
  m: 0.001,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
}

export const quantity = v.union(
  [
    v.pipe(v.number(), v.minValue(0, 'must not be negative')),
    v.pipe(
      v.string(),
      v.regex(
        /^\d+(\.\d+)?(%|m|k|M|G|Ki|Mi|Gi|Ti)?$/,
        'must be a number or a quantity such as 250m, 7.9Gi or 12%',
      ),
      v.transform((text) => {
        const [, amount, unit = ''] = /^([\d.]+)(\D*)$/.exec(text) ?? []
        return Number(amount) * (scales[unit] ?? 1)
      }),
    ),
  ],
  'must be a number or a quantity such as 250m, 7.9Gi or 12%',
)
