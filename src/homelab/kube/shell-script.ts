// What a shell makes of a line: commands one after the other, `$NAME` filled in, output sent elsewhere.
import { type Container, environment, fail, type Outcome, run, shells } from './shell.ts'

export interface Ending extends Outcome {
  /** `exec sh` was reached: a shell takes over that reads its input. */
  readonly shell?: true
  /** `exit` was reached. */
  readonly exit?: true
}

interface Statement {
  /** What stands before it decides with the code of the last command whether it runs. */
  readonly after: ';' | '&&' | '||'
  readonly text: string
}

/**
 * Commands divided by `;`, line ends, `&&` and `||`; `exit N` and `exec COMMAND` end the script. Of redirections only
 * `>/dev/null` and `>&2` are known. What is not there ends with 127, as in a real shell.
 */
export function runScript(script: string, container: Container): Ending {
  let stdout = ''
  let stderr = ''
  let code = 0
  for (const { after, text } of statements(script)) {
    if ((after === '&&' && code !== 0) || (after === '||' && code === 0)) continue
    const { words, to } = redirected(wordsOf(text, environment(container)))
    const [first = '', ...rest] = words
    if (first === '') continue
    if (first === 'exit') return { stdout, stderr, code: Number(rest[0] ?? code), exit: true }
    const command = first === 'exec' ? rest : words
    if (isShell(command) && first === 'exec' && command.length === 1)
      return { stdout, stderr, code, shell: true }
    const outcome = inner(command, container) ?? fail(`sh: ${command[0]}: not found\n`, 127)
    if (to === 'stderr') stderr += outcome.stdout
    else if (to === 'stdout') stdout += outcome.stdout
    stderr += outcome.stderr
    code = outcome.code
    if (first === 'exec') return { stdout, stderr, code, exit: true }
  }
  return { stdout, stderr, code }
}

/** A command, or a shell in the shell: its script ends for itself alone, and without one it has nothing to read. */
function inner(command: readonly string[], container: Container): Outcome | undefined {
  if (!isShell(command)) return run(command, container)
  const { stdout, stderr, code } = runScript(command[2] ?? '', container)
  return { stdout, stderr, code }
}

/** `sh`, or `sh -c SCRIPT`: the one shell that a container here has. */
export function isShell([program = '', flag, script]: readonly string[]): boolean {
  return shells.test(program) && (flag === undefined || (flag === '-c' && script !== undefined))
}

function statements(script: string): readonly Statement[] {
  const found: Statement[] = []
  let after: Statement['after'] = ';'
  // Quoted text is passed over whole, so that a `;` in it divides nothing.
  const parts = script.matchAll(/((?:'[^']*'|"[^"]*"|(?!&&|\|\|)[^;\n'"])+)|(;|\n|&&|\|\|)/g)
  for (const [, text, divider] of parts) {
    if (text !== undefined) found.push({ after, text })
    if (divider !== undefined) after = divider === '&&' || divider === '||' ? divider : ';'
  }
  return found
}

function redirected(words: readonly string[]): {
  words: readonly string[]
  to: 'stdout' | 'stderr' | 'nowhere'
} {
  const last = words.at(-1)
  if (last === '>&2' || last === '1>&2') return { words: words.slice(0, -1), to: 'stderr' }
  if (last === '>/dev/null' || last === '1>/dev/null') return { words: words.slice(0, -1), to: 'nowhere' }
  if (last === '/dev/null' && words.at(-2) === '>') return { words: words.slice(0, -2), to: 'nowhere' }
  return { words, to: 'stdout' }
}

function wordsOf(statement: string, env: Readonly<Record<string, string>>): readonly string[] {
  return [...statement.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, single, double, plain]) => {
    if (single !== undefined) return single
    return (double ?? plain ?? '').replace(/\$\{?(\w+)\}?/g, (_all, name: string) => env[name] ?? '')
  })
}
