#!/usr/bin/env node
import { existsSync } from 'node:fs'
// The launcher: says so in one line where Node is too old, keeps compiled code between runs, loads the program.
// It must parse on every Node that knows ES modules.
import module from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const [major, minor] = process.versions.node.split('.').map(Number)
const program = new URL('../dist/cli.js', import.meta.url)

if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(
    `obsdeck needs Node 22.19 or newer, this is ${process.versions.node}. Try: npx -p node@24 -p obsdeck obsdeck\n`,
  )
  process.exitCode = 2
} else if (!existsSync(fileURLToPath(program))) {
  process.stderr.write('obsdeck is not built yet. In a checkout: npm ci && npm run build\n')
  process.exitCode = 2
} else {
  module.enableCompileCache(
    join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'obsdeck', 'compiled'),
  )
  await import(program.href)
}
