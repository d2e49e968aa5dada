// Grafana's unit ids and what each one writes. The ids are those of a dashboard's JSON.
import { dates } from './dates.ts'
import { durations } from './durations.ts'
import { binaryPrefix, countOf, currency, decimalPrefix, short } from './scaled.ts'
import { fixed, type UnitFormat, written } from './written.ts'

export const plain: UnitFormat = (value, decimals) => written(fixed(value, decimals))

export function behind(unit: string): UnitFormat {
  return (value, decimals) => written(fixed(value, decimals), ` ${unit}`)
}

export function before(unit: string): UnitFormat {
  return (value, decimals) => written(fixed(value, decimals), '', unit)
}

export function yesOrNo(yes: string, no: string): UnitFormat {
  return (value) => written(value === 0 || Number.isNaN(value) ? no : yes)
}

const hexadecimal = (value: number) =>
  Number.isInteger(value) ? value.toString(16).toUpperCase() : value.toString(16).toUpperCase().slice(0, 16)

const misc: Readonly<Record<string, UnitFormat>> = {
  none: plain,
  string: (value) => written(String(value)),
  short,
  percent: (value, decimals) => written(fixed(value, decimals), '%'),
  percentunit: (value, decimals) => written(fixed(100 * value, decimals), '%'),
  humidity: behind('%H'),
  dB: behind('dB'),
  hex: (value) => written(hexadecimal(value)),
  hex0x: (value) => written(hexadecimal(value), '', '0x'),
  sci: (value, decimals) => written(value.toExponential(decimals)),
  locale: (value, decimals) =>
    written(value.toLocaleString('en-US', { maximumFractionDigits: Math.min(20, decimals ?? 3) })),
  pixel: behind('px'),
  bool: yesOrNo('True', 'False'),
  bool_yes_no: yesOrNo('Yes', 'No'),
  bool_on_off: yesOrNo('On', 'Off'),
}

const data: Readonly<Record<string, UnitFormat>> = {
  bits: binaryPrefix('b'),
  bytes: binaryPrefix('B'),
  kbytes: binaryPrefix('B', 1),
  mbytes: binaryPrefix('B', 2),
  gbytes: binaryPrefix('B', 3),
  tbytes: binaryPrefix('B', 4),
  pbytes: binaryPrefix('B', 5),
  decbits: decimalPrefix('b'),
  decbytes: decimalPrefix('B'),
  deckbytes: decimalPrefix('B', 1),
  decmbytes: decimalPrefix('B', 2),
  decgbytes: decimalPrefix('B', 3),
  dectbytes: decimalPrefix('B', 4),
  decpbytes: decimalPrefix('B', 5),
  pps: decimalPrefix('p/s'),
  bps: decimalPrefix('b/s'),
  Bps: decimalPrefix('B/s'),
  binbps: binaryPrefix('b/s'),
  binBps: binaryPrefix('B/s'),
  KBs: decimalPrefix('B/s', 1),
  MBs: decimalPrefix('B/s', 2),
  GBs: decimalPrefix('B/s', 3),
  TBs: decimalPrefix('B/s', 4),
  KiBs: binaryPrefix('B/s', 1),
  MiBs: binaryPrefix('B/s', 2),
  GiBs: binaryPrefix('B/s', 3),
  Kbits: decimalPrefix('b/s', 1),
  Mbits: decimalPrefix('b/s', 2),
  Gbits: decimalPrefix('b/s', 3),
  Tbits: decimalPrefix('b/s', 4),
}

const throughput: Readonly<Record<string, UnitFormat>> = {
  cps: countOf('c/s'),
  ops: countOf('ops/s'),
  reqps: countOf('req/s'),
  rps: countOf('rd/s'),
  wps: countOf('wr/s'),
  iops: countOf('io/s'),
  eps: countOf('evt/s'),
  mps: countOf('msg/s'),
  recps: countOf('rec/s'),
  rowsps: countOf('rows/s'),
  cpm: countOf('c/m'),
  opm: countOf('ops/m'),
  reqpm: countOf('req/m'),
  rpm: countOf('rd/m'),
  wpm: countOf('wr/m'),
  epm: countOf('evts/m'),
  mpm: countOf('msgs/m'),
}

const physical: Readonly<Record<string, UnitFormat>> = {
  hertz: decimalPrefix('Hz'),
  rothz: decimalPrefix('Hz'),
  rotmhz: decimalPrefix('Hz', 2),
  rotrpm: behind('rpm'),
  celsius: behind('°C'),
  fahrenheit: behind('°F'),
  farenheit: behind('°F'),
  kelvin: behind('K'),
  degree: behind('°'),
  watt: decimalPrefix('W'),
  kwatt: decimalPrefix('W', 1),
  megwatt: decimalPrefix('W', 2),
  mwatt: decimalPrefix('W', -1),
  voltamp: decimalPrefix('VA'),
  watth: decimalPrefix('Wh'),
  kwatth: decimalPrefix('Wh', 1),
  amp: decimalPrefix('A'),
  mamp: decimalPrefix('A', -1),
  volt: decimalPrefix('V'),
  mvolt: decimalPrefix('V', -1),
  joule: decimalPrefix('J'),
  ohm: decimalPrefix('Ω'),
  lengthm: decimalPrefix('m'),
  lengthkm: decimalPrefix('m', 1),
  massg: decimalPrefix('g'),
  masskg: decimalPrefix('g', 1),
  litre: decimalPrefix('L'),
  pressurepa: decimalPrefix('Pa'),
  pressurehpa: behind('hPa'),
  pressurebar: decimalPrefix('bar'),
  ppm: behind('ppm'),
  lux: behind('lux'),
  velocityms: behind('m/s'),
  velocitykmh: behind('km/h'),
  flops: decimalPrefix('FLOPS'),
  Hs: decimalPrefix('H/s'),
}

const currencies: Readonly<Record<string, UnitFormat>> = {
  currencyUSD: currency('$'),
  currencyGBP: currency('£'),
  currencyEUR: currency('€'),
  currencyJPY: currency('¥'),
  currencyCNY: currency('¥'),
  currencyRUB: currency('₽'),
  currencyUAH: currency('₴'),
  currencyBRL: currency('R$'),
  currencyINR: currency('₹'),
  currencyKRW: currency('₩'),
  currencyBTC: currency('฿'),
  currencyCHF: currency('CHF'),
  currencyPLN: currency('PLN'),
  currencyCZK: currency('czk'),
  currencyDKK: currency('kr', 'behind'),
  currencyISK: currency('kr', 'behind'),
  currencyNOK: currency('kr', 'behind'),
  currencySEK: currency('kr', 'behind'),
}

export const unitTable: ReadonlyMap<string, UnitFormat> = new Map(
  [misc, data, throughput, physical, currencies, durations, dates].flatMap((group) => Object.entries(group)),
)
