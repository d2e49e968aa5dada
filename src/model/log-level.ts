// How serious a log line is, as far as its text says: JSON and logfmt levels, klog's letter, a word in capitals.

export type LogLevel = 'error' | 'warn' | 'info' | 'debug'

const words: Readonly<Record<string, LogLevel>> = {
  fatal: 'error',
  panic: 'error',
  critical: 'error',
  crit: 'error',
  error: 'error',
  err: 'error',
  severe: 'error',
  warning: 'warn',
  warn: 'warn',
  info: 'info',
  notice: 'info',
  debug: 'debug',
  trace: 'debug',
}

const named = /["']?\b(?:level|lvl|severity|loglevel)["']?\s*[=:]\s*["']?([a-z]+)/i
/** klog: `E1122 20:35:07.123456 …`. */
const klog = /^([EWIF])\d{4} \d{2}:\d{2}:\d{2}/
const capital = /\b(FATAL|PANIC|CRITICAL|ERROR|SEVERE|WARNING|WARN|INFO|DEBUG|TRACE)\b/
const letters: Readonly<Record<string, LogLevel>> = { E: 'error', F: 'error', W: 'warn', I: 'info' }
/** Far enough for any prefix; a long body is not searched. */
const searched = 400

export function logLevel(text: string): LogLevel | undefined {
  const start = text.slice(0, searched)
  const letter = klog.exec(start)?.[1]
  if (letter !== undefined) return letters[letter]
  const word = named.exec(start)?.[1] ?? capital.exec(start)?.[1]
  return word === undefined ? undefined : words[word.toLowerCase()]
}
