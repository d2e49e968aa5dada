// Ports for one bed: a block of neighbours on loopback, held by listening on its first one. Asking the kernel for
// free ports and giving them back would let two beds, or any outgoing connection, take them in between.
import { once } from 'node:events'
import { createServer, type Server } from 'node:net'

/** Below the range from which the kernel serves outgoing connections. */
const lowest = 20_000
const highest = 32_000
/** How many ports a bed has beside the one that holds the block; PORTS in parts.ts names them. */
const blockSize = 15

async function listen(port: number): Promise<Server | undefined> {
  const server = createServer()
  try {
    await once(server.listen({ port, host: '127.0.0.1', exclusive: true }), 'listening')
    return server
  } catch {
    return undefined
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = await listen(port)
  server?.close()
  return server !== undefined
}

/** The first port of the block; its neighbours are the bed's until it is released or this process ends. */
export async function claimPorts(): Promise<{ readonly first: number; release(): void }> {
  const blocks = Math.floor((highest - lowest) / (blockSize + 1))
  const begin = Math.floor(Math.random() * blocks)
  for (let tried = 0; tried < blocks; tried += 1) {
    const holder = lowest + ((begin + tried) % blocks) * (blockSize + 1)
    const held = await listen(holder)
    if (held === undefined) continue
    const neighbours = Array.from({ length: blockSize }, (_, index) => holder + 1 + index)
    if ((await Promise.all(neighbours.map(isFree))).every(Boolean)) {
      return { first: holder + 1, release: () => held.close() }
    }
    held.close()
  }
  throw new Error(`no ${blockSize} neighbouring ports are free between ${lowest} and ${highest}`)
}
