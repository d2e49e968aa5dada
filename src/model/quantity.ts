// Kubernetes quantities and numbers: `250m` is 0.25, `512Mi` is 536870912.
// The grammar is that of apimachinery's resource.Quantity: a decimal, then a binary or decimal suffix or an exponent.

const factors: Readonly<Record<string, number>> = {
  '': 1,
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
}

const shape = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|([numkMGTPE]|[KMGTPE]i))?$/

/** The number that a quantity stands for; undefined where the text is no quantity. */
export function parseQuantity(text: string): number | undefined {
  const match = shape.exec(text)
  if (!match) return undefined
  const [, digits = '', exponent, suffix = ''] = match
  if (exponent !== undefined) return Number(digits + exponent)
  const factor = factors[suffix] ?? 1
  // Dividing keeps `100m` at 0.1, where multiplying by 0.001 would not for every number.
  return factor < 1 ? Number(digits) / Math.round(1 / factor) : Number(digits) * factor
}

/** Cores as kubectl writes them: `2`, `250m`; the smallest step is a thousandth. */
export function formatCpu(cores: number): string {
  const thousandths = Math.round(cores * 1000)
  return thousandths % 1000 === 0 ? String(thousandths / 1000) : `${thousandths}m`
}

const binary = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']

/** Bytes as a quantity with the largest binary suffix that keeps it exact: 536870912 is `512Mi`. */
export function formatBytes(bytes: number): string {
  let whole = Math.round(bytes)
  let step = 0
  while (whole !== 0 && whole % 1024 === 0 && step < binary.length - 1) {
    whole /= 1024
    step += 1
  }
  return `${whole}${binary[step]}`
}
