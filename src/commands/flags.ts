// The flags that every command takes. Help, completion and parsing derive from these records.
import type { Command, Flag } from '#commands/command.ts'

export const globalFlags: Readonly<Record<string, Flag>> = {
  kubeconfig: { type: 'string', value: 'FILE', help: 'kubeconfig file' },
  context: { type: 'string', value: 'NAME', help: 'kubeconfig context' },
  namespace: { type: 'string', short: 'n', value: 'NAME', help: 'only this namespace' },
  'all-namespaces': { type: 'boolean', short: 'A', help: 'all namespaces' },
  output: { type: 'string', short: 'o', value: 'FORM', help: 'how to print' },
  range: { type: 'string', value: 'SPAN', help: 'how far back, such as 15m or 6h (also --since)' },
  timeout: { type: 'string', value: 'SPAN', help: 'how long one request may take' },
  'read-only': { type: 'boolean', help: 'refuse everything that would change the cluster' },
  'prometheus-url': {
    type: 'string',
    value: 'URL',
    help: 'Prometheus by URL instead of through the cluster',
  },
  color: {
    type: 'string',
    value: 'WHEN',
    help: 'auto, never, 16, 256 or true; --no-color for never',
    choices: ['auto', 'never', '16', '256', 'true'],
  },
  ascii: { type: 'boolean', help: 'draw with ASCII characters only' },
  'log-file': { type: 'string', value: 'FILE', help: 'write a diagnostic log' },
  help: { type: 'boolean', short: 'h', help: 'show help' },
}

export function flagsOf(command: Command): Readonly<Record<string, Flag>> {
  return { ...globalFlags, ...command.flags }
}
