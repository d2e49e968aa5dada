// Wrong PromQL from right: an expression with one fault in it, of type or of form. Some come out right after all.
import { dice } from './samples.ts'

/** Where a type does not fit, or a count of arguments; `%` stands for an expression of a vector. */
const faults = `
rate(%)
abs(%, 1)
abs()
abs(1)
abs("text")
sum(1)
sum(%, %)
topk(%)
topk(%, %)
topk("2", %)
quantile(0.5)
count_values(1, %)
count_values("not a label", %)
clamp(%, 1)
clamp(%, %, 1)
round(%, "1")
histogram_quantile(%, 0.5)
label_replace(%, "a", "b", "c")
label_replace(%, "a", 1, "c", "d")
label_join(%, "a")
vector(%)
scalar(1)
time(1)
predict_linear(%, 60)
quantile_over_time(%, 0.5)
absent_over_time(%)
nosuchfunction(%)
double_exponential_smoothing(up[5m], 0.5, 0.5)
limitk(2, %)
mad_over_time(up[5m])
(%)[5m]
(%)[5m:1m] + 1
(%)[5m:1m][5m:1m]
(%) offset 5m
(%) @ 5
(%) and 1
1 or (%)
1 unless 2
1 > 2
1 == time()
(%) + bool 1
(%) and bool (%)
(%) and on(job) group_left() (%)
(%) + on(job) group_left(job) (%)
(%) + on(job) 1
"a" + 1
"a" == (%)
-"a"
-up[5m]
up[5m] + up[5m]
up[5m] offset 1m offset 2m
up offset 1m @ 5 @ 6
up @ NaN
up{job="a"} {instance="0"}
{}
{job=""}
{job=~".*"}
up{__name__="gone"}
up{job=a}
up{job="a" instance="0"}
up{job=~"*"}
up{job=~"a(b"}
up{job=="a"}
up[0s]
up[-5m]
up[5]
up[]
up[5m:0s]
up[1m30]
up[5x]
sum by job (%)
sum by (job (%)
sum by (%) (job)
sum(%) by
sum without (1) (%)
sum(%) by (job) by (job)
by (job) sum(%)
rate(up[5m]) by (job)
(%
%)
(%))
((%)
"open
'open
up{job="a
1 +
+ + +
* %
% *
% %
1 2
up 5m
5m5
1e
0xzz
08
1__0
$x
up;
up & up
up | up
up ! up
up =~ up
up = 1
up === 1
up <> 1
group_left(up)
on(job) up
offset 5m
bool 1
sum
avg by (job)
start()
up @ middle()
up @ start
`
  .split('\n')
  .filter(Boolean)

const token = /\s*("(?:\\.|[^"\\])*"|[a-zA-Z_:][\w:]*|\d[\w.]*|[=!<>]=|=~|!~|[^\s])/g
const strays = [
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ',',
  '=',
  '+',
  'by',
  'on',
  'bool',
  'offset',
  '@',
  '5m',
  '"x"',
  'up',
  ':',
  '^',
]

/** `right` with a fault; the same for the same seed. */
export function spoil(right: string, seed: number): string {
  const roll = dice(seed * 7 + 3)
  for (let turn = 0; turn < 5; turn += 1) roll()
  const pick = <T>(items: readonly T[]): number => Math.floor(roll() * items.length)
  if (roll() < 0.5) return (faults[pick(faults)] ?? '').replaceAll('%', () => right)
  const tokens = right.match(token) ?? []
  const at = pick(tokens)
  const stray = ` ${strays[pick(strays)]}`
  const spoils = [
    () => tokens.toSpliced(at, 1),
    () => tokens.toSpliced(at, 0, tokens[at] ?? ''),
    () => tokens.toSpliced(at, 0, stray),
    () => tokens.toSpliced(at, 1, stray),
    () => tokens.slice(0, at),
  ]
  return (spoils[pick(spoils)]?.() ?? tokens).join('')
}
