// The config file: $XDG_CONFIG_HOME/obsdeck/config.yaml, checked against the settings list; unknown keys are named.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from '#commands/command.ts'
import { settings } from '#commands/settings.ts'
import { nearest } from '#model/nearest.ts'

export interface ConfigFile {
  readonly path: string
  readonly values: Readonly<Record<string, string>>
  readonly there: boolean
}

export function configPath(env: Readonly<Record<string, string | undefined>>, home: string): string {
  return join(env.XDG_CONFIG_HOME || join(home, '.config'), 'obsdeck', 'config.yaml')
}

/** The file's values as text, by setting name; none where there is no file. Throws UsageError where it is wrong. */
export async function readConfig(path: string): Promise<ConfigFile> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return { path, values: {}, there: false }
    throw new UsageError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
  const [{ parseYaml }, v] = await Promise.all([import('#cluster/yaml.ts'), import('valibot')])
  let content: unknown
  try {
    content = parseYaml(text) ?? {}
  } catch (error) {
    throw new UsageError(`${path} is not YAML: ${error instanceof Error ? error.message.split('\n')[0] : ''}`)
  }
  const scalar = v.optional(
    v.pipe(
      v.union([v.string(), v.number(), v.boolean()], 'must be a plain value'),
      v.transform((value) => String(value)),
    ),
  )
  const schema = v.strictObject(Object.fromEntries(settings.map(({ name }) => [name, scalar])))
  const checked = v.safeParse(schema, content)
  if (checked.success) {
    const given = Object.entries(checked.output).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    )
    return { path, values: Object.fromEntries(given), there: true }
  }
  const issue = checked.issues[0]
  const key = String(issue.path?.[0]?.key ?? '')
  const names = settings.map(({ name }) => name)
  if (key && !names.some((name) => name === key)) {
    const near = nearest(key, names)
    throw new UsageError(
      `${path}: unknown key "${key}"`,
      near ? `did you mean "${near}"?` : `keys: ${names.join(', ')}`,
    )
  }
  throw new UsageError(`${path}: ${key ? `"${key}" ` : ''}${issue.message}`)
}
