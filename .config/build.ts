// Builds dist/: one ESM bundle, split so that each command loads only what it needs. Ink, React and the
// Kubernetes library are chunks of their own, loaded after the first request has left.
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'
import { builtinsByRequire, leanDependencies } from './lean.ts'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const out = process.env.OBSDECK_OUT || join(root, 'dist')

/** Ink asks for this only under DEV=true; it is not installed. */
const withoutDevtools: Plugin = {
  name: 'without-devtools',
  setup(hooks) {
    hooks.onResolve({ filter: /^react-devtools-core$/ }, (found) => ({
      path: found.path,
      namespace: 'empty',
    }))
    hooks.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'export default {}' }))
  },
}

rmSync(out, { recursive: true, force: true })
mkdirSync(out)
const result = await build({
  absWorkingDir: root,
  entryPoints: { cli: 'src/cli.ts' },
  outdir: out,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22.19',
  minify: true,
  keepNames: false,
  legalComments: 'linked',
  metafile: true,
  logLevel: 'warning',
  jsx: 'automatic',
  inject: ['.config/segmenter.js'],
  define: {
    'Intl.Segmenter': 'LazySegmenter',
    'process.env.NODE_ENV': '"production"',
    'process.env.DEV': '"false"',
  },
  banner: {
    js: "const require = process.getBuiltinModule('node:module').createRequire(import.meta.url);",
  },
  plugins: [withoutDevtools, leanDependencies],
  write: false,
})
for (const file of result.outputFiles)
  writeFileSync(file.path, file.path.endsWith('.js') ? builtinsByRequire(file.text) : file.text)
if (process.env.OBSDECK_METAFILE) writeFileSync(process.env.OBSDECK_METAFILE, JSON.stringify(result.metafile))
for (const data of ['scenarios', 'dashboards']) {
  const folder = join(root, 'src/homelab', data)
  if (existsSync(folder)) cpSync(folder, join(out, data), { recursive: true })
}
