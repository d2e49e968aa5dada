// The built program on a bed: its screens in a pseudo-terminal, its commands, and the rows of its tables as cells that
// can be put beside those of a fresh list.
import { type Program, startProgram } from '#test/terminal/pty.ts'
import { type Finished, launcher, runProgram } from '#test/terminal/served-homelab.ts'

export interface Cockpits {
  open(...args: readonly string[]): Program
  run(...args: readonly string[]): Promise<Finished>
  /** Ends those that still run. */
  end(): Promise<void>
}

/** The kubeconfig is asked for when something starts: a suite's bed is there only then. */
export function cockpitsOn(kubeconfig: () => string): Cockpits {
  const open: Program[] = []
  const env = () => ({ KUBECONFIG: kubeconfig() })
  return {
    open(...args) {
      // So wide that no name is cut, and long enough for all rows.
      const program = startProgram(process.execPath, [launcher, ...args], {
        columns: 260,
        rows: 60,
        env: env(),
      })
      open.push(program)
      return program
    },
    run: (...args) => runProgram(args, env()),
    async end() {
      await Promise.all(open.splice(0).map((program) => program.end()))
    },
  }
}

/** The rows of the table on the screen, each by the headers of its columns; none where no table is there. */
export function rowsShown(program: Program): Readonly<Record<string, string>>[] {
  const [heads = '', ...lines] = program.lines().slice(3, -1)
  const columns = [...heads.matchAll(/\S+( \S+)*/g)].map((found) => ({
    name: found[0].replace(/[↑↓]$/, ''),
    from: found.index,
    to: found.index + found[0].length,
  }))
  return lines
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const cells = [...line.slice(2).matchAll(/\S+( \S+)*/g)].map((found) => ({
        text: found[0],
        from: found.index + 2,
        to: found.index + 2 + found[0].length,
      }))
      // Numbers end where their header ends, words begin where it begins.
      const cellOf = ({ from, to }: { from: number; to: number }) =>
        cells.find((cell) => cell.from === from || cell.to === to)?.text ?? ''
      return Object.fromEntries(columns.map((column) => [column.name, cellOf(column)]))
    })
}

export const sorted = (rows: readonly (readonly string[])[]): string[] =>
  rows.map((cells) => cells.join('  ')).sort()
