// obsdeck config: each setting, its value and where it came from.
import { join } from 'node:path'
import { type Command, type Outside, UsageError } from '#commands/command.ts'
import { configPath, readConfig } from '#commands/config-file.ts'
import { type FoundSetting, findSettings, settings } from '#commands/settings.ts'

export const config: Command = {
  name: 'config',
  usage: 'obsdeck config',
  summary: 'show every setting and where its value comes from',
  flags: {},
  outputs: ['text', 'json'],
  async run({ args, flags, outside }) {
    const file = await readConfig(configPath(outside.env, outside.home))
    if (args.length > 0)
      throw new UsageError(
        `config takes no arguments: ${args.join(' ')}`,
        `settings are changed in ${file.path}`,
      )
    const found = findSettings({ flags, env: outside.env, file }).map((entry) =>
      entry.name === 'kubeconfig' && entry.value === '' ? kubeconfigOf(outside) : entry,
    )
    const rows = found.map((entry) => [entry.name, entry.value || '–', entry.origin])
    const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)) + 2)
    const lines = rows.map(([name = '', value = '', origin = '']) =>
      `${name.padEnd(widths[0] ?? 0)}${value.padEnd(widths[1] ?? 0)}${origin}`.trimEnd(),
    )
    return {
      view: 'text',
      text: [`config file: ${file.path}${file.there ? '' : ' (not there)'}`, ...lines].join('\n'),
      json: {
        file: file.path,
        items: found.map((entry) => ({ ...entry, help: settings.find((s) => s.name === entry.name)?.help })),
      },
    }
  },
}

/** Where it is looked for when no setting names one, as kubectl does. */
function kubeconfigOf({ env, home }: Outside): FoundSetting {
  const name = 'kubeconfig'
  return env.KUBECONFIG
    ? { name, value: env.KUBECONFIG, origin: 'KUBECONFIG' }
    : { name, value: join(home, '.kube', 'config'), origin: 'default' }
}
