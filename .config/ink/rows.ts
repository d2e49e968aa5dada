// Ink's Output for screens of whole lines: a row that one text makes alone is that text. Ink takes every row of every
// frame apart into cells and puts them together again: two thirds of what a key costs. Rows that several texts share,
// or that have signs of another width, or that are clipped, are still Ink's.
import Output from '../../node_modules/ink/build/output.js'
import { isOneCellEach, withoutColours } from './one-cell.ts'

type WriteOptions = Parameters<Output['write']>[3]
type Clip = Parameters<Output['clip']>[0]

interface Written {
  readonly x: number
  readonly y: number
  readonly text: string
  readonly options: WriteOptions
  readonly clips: readonly Clip[]
}

export class Rows extends Output {
  #written: Written[] = []
  #clips: readonly Clip[] = []

  override write(x: number, y: number, text: string, options: WriteOptions): void {
    if (text !== '') this.#written.push({ x, y, text, options, clips: this.#clips })
  }

  override clip(clip: Clip): void {
    this.#clips = [...this.#clips, clip]
  }

  override unclip(): void {
    this.#clips = this.#clips.slice(0, -1)
  }

  override get(): { output: string; height: number } {
    const { height } = this
    const rows: (string | undefined)[] = Array.from({ length: height })
    const shared = new Set<number>()
    for (const one of this.#written) {
      const whole = rows[one.y] === undefined && !shared.has(one.y) ? wholeRow(one) : undefined
      if (whole !== undefined) rows[one.y] = whole
      else for (let y = one.y; y < one.y + heightOf(one.text); y++) shared.add(y)
    }
    if (shared.size > 0) {
      const drawn = this.#drawnByInk(shared)
      for (const y of shared) rows[y] = drawn[y]
    }
    // A frame is a list of lines without trailing blanks, as Ink's is.
    const output = Array.from({ length: height }, (_, y) => rows[y]?.trimEnd() ?? '').join('\n')
    return { output, height }
  }

  #drawnByInk(shared: ReadonlySet<number>): string[] {
    for (const { x, y, text, options, clips } of this.#written) {
      const lines = Array.from({ length: heightOf(text) }, (_, index) => y + index)
      if (!lines.some((line) => shared.has(line))) continue
      for (const clip of clips) super.clip(clip)
      super.write(x, y, text, options)
      for (const _ of clips) super.unclip()
    }
    return super.get().output.split('\n')
  }
}

const heightOf = (text: string) => text.split('\n').length

/** The row that the text makes where nothing else stands in it; undefined where that takes more than this to know. */
function wholeRow({ x, y, text, options, clips }: Written): string | undefined {
  if (x < 0 || !isOneCellEach(text)) return undefined
  const width = withoutColours(text).length
  const isInside = ({ x1 = 0, x2 = Number.POSITIVE_INFINITY, y1 = 0, y2 = Number.POSITIVE_INFINITY }: Clip) =>
    x >= x1 && x + width <= x2 && y >= y1 && y < y2
  if (!clips.every(isInside)) return undefined
  const styled = options.transformers.reduce((line, transform) => transform(line, 0), text)
  return ' '.repeat(x) + styled
}
