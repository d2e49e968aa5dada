// The figures of the design's table: what is measured, its budget, and how it is written.

export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly budget?: number
  /** What the figure is a ratio of, or what else was seen in the same run. */
  readonly note?: string
}

export const isWithin = ({ value, budget }: Figure): boolean => budget === undefined || value <= budget

const write = (value: number) =>
  Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(value < 1 ? 3 : 2)

export function figureTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.name,
    `${write(figure.value)} ${figure.unit}`.trim(),
    figure.budget === undefined ? '' : `${isWithin(figure) ? '' : '**over** '}≤ ${figure.budget}`,
    figure.note ?? '',
  ])
  return [['figure', 'measured', 'budget', 'beside'], ['---', '---', '---', '---'], ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n')
}
