// The dashboards that operators of this stack use, as they lie beside the checkout: drawn, counted, and what does not
// draw named. They are material to read, not part of the project.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type DrawnPanel, drawAll } from './draw-all.ts'

export interface Drawn extends DrawnPanel {
  readonly file: string
}

export async function drawFolder(folder: string, url: string, now: number): Promise<readonly Drawn[]> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
  const all: Drawn[] = []
  for (const file of files) {
    const panels = await drawAll(readFileSync(join(folder, file), 'utf8'), url, now)
    all.push(...panels.map((panel) => ({ ...panel, file })))
  }
  return all
}

export const inState = (all: readonly Drawn[], state: Drawn['state']): readonly Drawn[] =>
  all.filter((panel) => panel.state === state)

/** By file and by kind; then each panel that says why it has nothing, and what it says. */
export function report(all: readonly Drawn[]): string {
  const table = (of: 'file' | 'kind') =>
    [...Map.groupBy(all, (panel) => panel[of])].map(([name, panels]) => {
      const [data, text] = [inState(panels, 'data').length, inState(panels, 'text').length]
      const texts = text === 0 ? '' : `, ${text} texts`
      return `${String(data).padStart(5)} of ${String(panels.length - text).padEnd(4)}${name}${texts}`
    })
  const without = inState(all, 'sentence').map(({ file, title, text }) => {
    const body = text.slice(text.indexOf('\n') + 1)
    return `      ${file}: ${title || '(untitled)'}: ${body.replace(/\s+/g, ' ').trim().slice(0, 160)}`
  })
  return [...table('file'), '', ...table('kind'), '', ...without].join('\n')
}
