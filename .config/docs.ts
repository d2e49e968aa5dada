// Writes the parts of README.md that derive from the code. `--check` only compares, and fails where they differ.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const bundled = join(root, 'node_modules/.cache/obsdeck/docs-tables.mjs')

// Node runs no .tsx, and the keys are told by the screens.
await build({
  absWorkingDir: root,
  entryPoints: ['.config/docs-tables.ts'],
  outfile: bundled,
  bundle: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  jsx: 'automatic',
})
const { tables }: { tables: Record<string, () => string> } = await import(pathToFileURL(bundled).href)

const path = join(root, 'README.md')
const before = readFileSync(path, 'utf8')
const after = Object.entries(tables).reduce(
  (text, [name, content]) => replaceBetween(text, name, content()),
  before,
)

if (!process.argv.includes('--check')) writeFileSync(path, after)
else if (after !== before) {
  process.stderr.write('README.md is behind the code: npm run docs\n')
  process.exitCode = 1
}

function replaceBetween(text: string, name: string, content: string): string {
  const start = `<!-- ${name} -->`
  const end = `<!-- /${name} -->`
  const from = text.indexOf(start)
  const to = text.indexOf(end)
  if (from < 0 || to < from) throw new Error(`README.md lacks ${start} … ${end}`)
  return `${text.slice(0, from + start.length)}\n${content}\n${text.slice(to)}`
}
