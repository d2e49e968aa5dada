// Functions of one value at a time: mathematics and the calendar.

const day = 86_400_000

function sign(value: number): number {
  if (value < 0) return -1
  return value > 0 ? 1 : value
}

/** By the function's name; arguments are the sample's value. */
export const valueFunctions: ReadonlyMap<string, (value: number) => number> = new Map<
  string,
  (value: number) => number
>([
  ['abs', Math.abs],
  ['acos', Math.acos],
  ['acosh', Math.acosh],
  ['asin', Math.asin],
  ['asinh', Math.asinh],
  ['atan', Math.atan],
  ['atanh', Math.atanh],
  ['ceil', Math.ceil],
  ['cos', Math.cos],
  ['cosh', Math.cosh],
  ['deg', (value) => (value * 180) / Math.PI],
  ['exp', Math.exp],
  ['floor', Math.floor],
  ['ln', Math.log],
  ['log10', Math.log10],
  ['log2', Math.log2],
  ['rad', (value) => (value * Math.PI) / 180],
  ['sgn', sign],
  ['sin', Math.sin],
  ['sinh', Math.sinh],
  ['sqrt', Math.sqrt],
  ['tan', Math.tan],
  ['tanh', Math.tanh],
])

/** The calendar repeats after 400 years; seconds. */
const cycle = 12_622_780_800
const cycleYears = 400
/** What a date can be built of, seconds. */
const farthest = 8.64e12
/** The end of time in 64 bits, a Sunday in December; what is no number or beyond ends up there. */
const end = 2 ** 63

/** UTC fields of a moment in seconds since the epoch; `years` lie between the date and the moment. */
function dateOf(seconds: number): { readonly date: Date; readonly years: number } {
  const whole = Math.trunc(seconds)
  const known = whole >= -end && whole < end ? whole : end
  if (Math.abs(known) <= farthest) return { date: new Date(known * 1000), years: 0 }
  const exact = BigInt(known)
  const cycles = exact / BigInt(cycle)
  return { date: new Date(Number(exact % BigInt(cycle)) * 1000), years: Number(cycles) * cycleYears }
}

const calendar =
  (read: (date: Date) => number) =>
  (seconds: number): number =>
    read(dateOf(seconds).date)

function yearOf(seconds: number): number {
  const { date, years } = dateOf(seconds)
  return date.getUTCFullYear() + years
}

/** UTC fields of a moment in seconds since the epoch. */
export const calendarFunctions: ReadonlyMap<string, (seconds: number) => number> = new Map([
  ['year', yearOf],
  ['month', calendar((date) => date.getUTCMonth() + 1)],
  ['day_of_month', calendar((date) => date.getUTCDate())],
  ['day_of_week', calendar((date) => date.getUTCDay())],
  [
    'day_of_year',
    calendar((date) => Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / day) + 1),
  ],
  [
    'days_in_month',
    calendar((date) => new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()),
  ],
  ['hour', calendar((date) => date.getUTCHours())],
  ['minute', calendar((date) => date.getUTCMinutes())],
])

/** To the nearest multiple; ties go up. The inverse is taken first, which loses fewer digits. */
export function roundTo(value: number, nearest: number): number {
  const inverse = 1 / nearest
  return Math.floor(value * inverse + 0.5) / inverse
}
