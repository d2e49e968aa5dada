// obsdeck version
import type { Command } from '#commands/command.ts'

export const version: Command = {
  name: 'version',
  usage: 'obsdeck version',
  summary: 'print the version',
  flags: {},
  outputs: ['text', 'json'],
  run: async ({ outside }) => ({
    view: 'text',
    text: `obsdeck ${outside.version}`,
    json: { version: outside.version },
  }),
}
