// The channel protocol of exec and port-forward: every websocket message opens with the number of its channel.
import type { RawData, WebSocket } from 'ws'

export const STDIN = 0
export const STDOUT = 1
export const STDERR = 2
export const ERROR = 3
/** v5 only: `255, N` says that the sender is done with channel N. */
export const CLOSE = 255

export function send(socket: WebSocket, channel: number, data: string | Uint8Array): void {
  const bytes = typeof data === 'string' ? Buffer.from(data) : data
  socket.send(Buffer.concat([Uint8Array.of(channel), bytes]))
}

/** The channel and the bytes of a message. */
export function received(data: RawData): { channel: number; bytes: Buffer } {
  const all = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer)
  return { channel: all[0] ?? CLOSE, bytes: all.subarray(1) }
}
