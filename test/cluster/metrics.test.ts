// The metrics commands and screens on a real Prometheus behind a real API server: what they print is what Prometheus
// itself answers.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { until } from '#test/terminal/pty.ts'
import { type Bed, startBed } from './bed/bed.ts'
import { containerSeries, machineSeries, putNodeDashboard, type Used, writeSeries } from './bed-metrics.ts'
import { cockpitsOn } from './cockpit.ts'
import { describeBed } from './describe-bed.ts'
import { reportStart } from './report-start.ts'
import { deployment, isRunning } from './workloads.ts'

const parts = ['kube-controller-manager', 'kube-scheduler', 'kwok', 'prometheus'] as const
const Mi = 1024 ** 2

interface Answer {
  readonly data: {
    readonly result: readonly {
      readonly metric: Readonly<Record<string, string>>
      readonly value: readonly [number, string]
      readonly values: readonly (readonly [number, string])[]
    }[]
  }
}

interface BoardJson {
  readonly rows: readonly {
    readonly panels: readonly {
      readonly frames?: readonly { readonly fields: readonly { readonly values: readonly unknown[] }[] }[]
    }[]
  }[]
}

describeBed('metrics of a real Prometheus', parts, () => {
  let bed: Bed
  let used: readonly Used[]
  const cockpits = cockpitsOn(() => bed.kubeconfig)
  beforeAll(async () => {
    bed = await startBed({ parts })
    reportStart(bed)
    await bed.api.apply(deployment('shop', 'cart', 3))
    await isRunning(bed, 'shop', 'cart', 3)
    const now = Date.now()
    const pods = await bed.api.table('/api/v1/namespaces/shop/pods')
    used = pods.map(({ Name = '' }, index) => ({
      ...{ namespace: 'shop', pod: Name, container: 'main' },
      ...{ cores: 0.25 * (index + 1), bytes: 64 * Mi * (index + 1) },
    }))
    await putNodeDashboard(bed, now)
    await writeSeries(bed, [...machineSeries(now), ...containerSeries(used, now)])
  })
  afterEach(() => cockpits.end())
  afterAll(() => bed?.close())

  async function prometheus(path: string, params: Readonly<Record<string, string>>): Promise<Answer> {
    const url = `http://127.0.0.1:${bed.ports.prometheus}/api/v1/${path}?${new URLSearchParams(params)}`
    return (await (await fetch(url)).json()) as Answer
  }
  const byLabels = (labels: Readonly<Record<string, string>>) => JSON.stringify(Object.entries(labels).sort())

  it('top pods -A: what each pod uses', async () => {
    const { code, out, err } = await cockpits.run('top', 'pods', '-A', '-o', 'json')
    expect({ code, err }).toEqual({ code: 0, err: expect.not.stringContaining('no usage') })
    const { items } = JSON.parse(out) as {
      items: { namespace: string; name: string; used: { cpu?: number; memory?: number } }[]
    }
    const shown = items.filter(({ namespace }) => namespace === 'shop')
    expect(shown).toHaveLength(3)
    for (const { name, used: figures } of shown) {
      const written = used.find(({ pod }) => pod === name)
      expect(figures.cpu).toBeCloseTo(written?.cores ?? Number.NaN, 6)
      expect(figures.memory).toBe(written?.bytes)
    }
    const text = await cockpits.run('top', 'pods', '-A')
    expect(text.out).toMatch(/shop +cart-\S+ +.*192Mi/)
  })

  it('query topk(5, …) --range 1h: every point is Prometheus’s own', async () => {
    const expr = 'topk(5, rate(node_cpu_seconds_total[5m]))'
    const { code, out, err } = await cockpits.run('query', expr, '--range', '1h', '-o', 'json')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const { series } = JSON.parse(out) as {
      series: { labels: Record<string, string>; times: number[]; values: number[] }[]
    }
    const times = series.flatMap((one) => one.times).sort((a, b) => a - b)
    const steps = [...new Set(times)]
    const step = Math.min(...steps.slice(1).map((at, index) => at - (steps[index] ?? 0)))
    const theirs = await prometheus('query_range', {
      query: expr,
      start: String((steps[0] ?? 0) / 1000),
      end: String((steps.at(-1) ?? 0) / 1000),
      step: String(step / 1000),
    })
    const points = (all: readonly (readonly [string, number, number])[]) =>
      Object.fromEntries(all.map(([labels, at, value]) => [`${labels} ${at}`, value]))
    const own = points(
      series.flatMap(({ labels, times: at, values }) =>
        values.map((value, index) => [byLabels(labels), at[index] ?? 0, value] as const),
      ),
    )
    expect(Object.keys(own).length).toBeGreaterThan(100)
    expect(own).toEqual(
      points(
        theirs.data.result.flatMap(({ metric, values }) =>
          values.map(([at, value]) => [byLabels(metric), Math.round(at * 1000), Number(value)] as const),
        ),
      ),
    )
    const chart = await cockpits.run('query', expr, '--range', '1h')
    expect(chart).toMatchObject({ code: 0, err: '' })
    // The labels that tell the five apart: their processors.
    expect(chart.out).toMatch(/ a \d +0\.\d+ +0\.\d+/)
    expect(chart.out).toMatch(/ e \d +0\.\d+ +0\.\d+/)
  })

  it('dashboard 1860 --range 6h: found by its number, and its panels have data', async () => {
    const { code, out, err } = await cockpits.run('dashboard', '1860', '--range', '6h')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^ Node Exporter \/ Node/)
    const memory = await prometheus('query', {
      query: '100 * (1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes)',
    })
    expect(out).toContain(`${Number(memory.data.result[0]?.value[1]).toFixed(1)}%`)
    const json = await cockpits.run('dashboard', '1860', '--range', '6h', '--whole', '-o', 'json')
    const { rows } = JSON.parse(json.out) as BoardJson
    const panels = rows.flatMap((row) => row.panels)
    const drawn = panels.filter(({ frames = [] }) =>
      frames.some(({ fields }) => fields.some(({ values }) => values.some((one) => typeof one === 'number'))),
    )
    expect(panels.length).toBeGreaterThan(15)
    expect(drawn).toEqual(panels)
  })

  it('the cockpit: a node’s dashboard and a pod’s charts', async () => {
    const program = cockpits.open('dashboards')
    await until(program, 'the list', () => program.text().includes('node-exporter-full'))
    program.write('\r')
    await until(program, 'a panel with data', () => /nuc-1/.test(program.text()))
    program.write(':pods shop\r')
    await until(program, 'usage in the table', () => /192Mi/.test(program.text()))
    program.write('m')
    await until(program, 'its charts', () => /cpu +0\.\d+/.test(program.text()))
  })
})
