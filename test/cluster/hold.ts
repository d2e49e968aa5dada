// A bed by hand: `node test/cluster/hold.ts [PART…]` starts it, prints its kubeconfig and holds it until Ctrl-C.
import { once } from 'node:events'
import { startBed } from './bed/bed.ts'
import { PARTS, type Part } from './bed/parts.ts'

const isPart = (name: string): name is Part => PARTS.some((part) => part === name)
const named = process.argv.slice(2)
const unknown = named.find((name) => !isPart(name))
if (unknown !== undefined) {
  console.error(`no part ${unknown}; there are ${PARTS.join(', ')}`)
  process.exit(2)
}

const asked = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
const bed = await startBed(named.length > 0 ? { parts: named.filter(isPart) } : {})
console.error(`up after ${(bed.took / 1000).toFixed(1)} s; Ctrl-C ends it`)
console.error(JSON.stringify({ folder: bed.folder, ports: bed.ports, pids: Object.fromEntries(bed.pids()) }))
console.log(`export KUBECONFIG=${bed.kubeconfig}`)
await asked
await bed.close()
process.exit()
