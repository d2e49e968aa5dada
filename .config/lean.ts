// Small changes to dependencies as they are bundled, each for a measured cost at the start or per frame. A change that
// finds its place no longer (a new version of the dependency) stops the build: then look whether it is still needed.
import { readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import type { Plugin } from 'esbuild'
import { oneCellSigns } from './ink/one-cell.ts'

interface Change {
  /** The end of the file's path below node_modules. */
  readonly file: string
  readonly from: string
  readonly to: string
}

/** A module of ours, as the text of an import. */
const own = (file: string) => JSON.stringify(join(import.meta.dirname, 'ink', file))

const changes: readonly Change[] = [
  // Yoga decodes its own base64 anyway where there is no fetch; calling fetch makes Node load undici: 19 ms, 9 MiB.
  {
    file: 'yoga-layout/dist/binaries/yoga-wasm-base64-esm.js',
    from: 'return w||"function"!=typeof fetch?Promise',
    to: 'return true?Promise',
  },
  // For one check of an argument's type Node would load its assert: 10 ms.
  { file: 'signal-exit/index.js', from: "var assert = require('assert')", to: '' },
  {
    file: 'signal-exit/index.js',
    from: "assert.equal(typeof cb, 'function', 'a callback must be provided for exit handler')",
    to: "if (typeof cb !== 'function') throw new TypeError('a callback must be provided for exit handler')",
  },
  // Only reads package.json files, which obsdeck never asks for; sorting its licences takes 10 ms at every start.
  {
    file: 'meow/build/dependencies.js',
    from: 'var normalizeExports = requireNormalize();\nconst normalizePackageData = getDefaultExportFromCjs(normalizeExports);',
    to: 'const normalizePackageData = () => {};',
  },
  // Signs of one cell each are most of what is drawn: no grapheme segmenter for them either.
  {
    file: 'string-width/index.js',
    from: '/^[\\u0020-\\u007E]*$/',
    to: `/^[${oneCellSigns}]*$/`,
  },
  // The set of all emoji takes 12 ms to build, when the expression is made: only once something needs it.
  {
    file: 'string-width/index.js',
    from: 'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;',
    to: "let rgiEmoji; const rgiEmojiRegex = { test: text => (rgiEmoji ??= new RegExp('^\\\\p{RGI_Emoji}$', 'v')).test(text) };",
  },
  // Every text of every frame passes here; one of plain signs and colours comes out as it went in.
  {
    file: 'ink/build/sanitize-ansi.js',
    from: 'const sanitizeAnsi = (text) => {',
    to: `const sanitizeAnsi = (text) => {
    if (/^(?:[${oneCellSigns}]|\\u001b\\[[\\d;]*m)*$/.test(text)) return text;`,
  },
  // No sign below the soft hyphen is ignorable: that needs no expression for each cell.
  {
    file: 'ink/build/output.js',
    from: 'filter(character => !/^',
    to: "filter(character => character.value < '\\u00ad' || !/^",
  },
  // Thousands of measured and cut lines are kept otherwise: megabytes of text, of which a frame needs fifty lines.
  { file: 'ink/build/measure-text.js', from: 'maxSize: 4096', to: 'maxSize: 256' },
  { file: 'ink/build/wrap-text.js', from: 'maxSize: 4096', to: 'maxSize: 256' },
  // See ink/rows.ts.
  {
    file: 'ink/build/renderer.js',
    from: "import Output from './output.js';",
    to: `import { Rows as Output } from ${own('rows.ts')};`,
  },
  // See ink/cell-update.ts.
  {
    file: 'ink/build/line-update.js',
    from: "import stringWidth from 'string-width';",
    to: `import stringWidth from 'string-width';\nimport { cellUpdate } from ${own('cell-update.ts')};`,
  },
  {
    file: 'ink/build/line-update.js',
    from: `        return full;
    }
    let commonLength = 0;`,
    to: `        return full;
    }
    const update = cellUpdate(previous, next, columns);
    if (update !== undefined) return update;
    let commonLength = 0;`,
  },
]

/** Applies the changes, and fails where one finds nothing to change. */
export const leanDependencies: Plugin = {
  name: 'lean-dependencies',
  setup(hooks) {
    const used = new Set<Change>()
    const files = [...new Set(changes.map((change) => change.file))]
    const filter = new RegExp(`node_modules/(${files.map((file) => file.replaceAll('.', '\\.')).join('|')})$`)
    hooks.onLoad({ filter }, ({ path }) => {
      let contents = readFileSync(path, 'utf8')
      for (const change of changes) {
        if (!path.endsWith(join('node_modules', change.file))) continue
        if (!contents.includes(change.from)) continue
        contents = contents.replace(change.from, () => change.to)
        used.add(change)
      }
      return { contents, loader: 'js' }
    })
    hooks.onEnd(() => {
      const lost = changes.filter((change) => !used.has(change))
      return { errors: lost.map(({ file, from }) => ({ text: `${file} no longer has: ${from}` })) }
    })
  },
}

const builtins = new Set(builtinModules)

/**
 * Node's own modules by `require`: an `import` reads every export of theirs once, and some exports load half of Node
 * (fs its streams, net its BlockList, http fetch): 20 ms and 5 MiB at the start. `code` is what esbuild minified.
 */
export function builtinsByRequire(code: string): string {
  return code.replace(
    /\bimport\s*((?:[\w$]+|\{[^{}"']*\}|\*\s*as\s+[\w$]+)(?:,\s*(?:\{[^{}"']*\}|\*\s*as\s+[\w$]+))?)\s*from\s*"(?:node:)?([a-z_/]+)";/g,
    (statement, names: string, module: string) =>
      builtins.has(module)
        ? bindings(names)
            .map((binding) => `var ${binding}=require("node:${module}");`)
            .join('')
        : statement,
  )
}

/** `a,{b as c}` as `a` and `{b:c}`; a default import and a namespace are both the module itself. */
function bindings(names: string): string[] {
  return names.split(/,\s*(?![^{]*\})/).map((name) => {
    if (name.startsWith('{')) return name.replaceAll(/\s+as\s+/g, ':')
    return name.replace(/^\*\s*as\s+/, '')
  })
}
