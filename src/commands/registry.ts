// All commands, in the order of the help. Each file is small; what it needs to run it loads when it runs.
import { cockpit } from '#commands/cockpit.ts'
import type { Command } from '#commands/command.ts'
import { completion } from '#commands/completion.ts'
import { config } from '#commands/config.ts'
import { dashboard } from '#commands/dashboard.ts'
import { demo } from '#commands/demo.ts'
import { get } from '#commands/get.ts'
import { query } from '#commands/query.ts'
import { top } from '#commands/top.ts'
import { version } from '#commands/version.ts'

export const commands: readonly Command[] = [demo, get, top, query, dashboard, config, completion, version]

export { cockpit }
