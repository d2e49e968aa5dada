// A transport that tells the diagnostic log what was asked and how it went. Never headers or bodies: they may hold
// credentials and Secrets.
import type { Answer, Ask, Transport } from './transport.ts'

/** One line for each request, when its head is there or will not come: `GET /api/v1/pods?limit=50 200 12 ms`. */
export function logged(transport: Transport, log: (line: string) => void): Transport {
  const told = async (ask: Ask, asked: Promise<Answer>): Promise<Answer> => {
    const begun = performance.now()
    const say = (outcome: string) =>
      log(`${ask.method} ${ask.path} ${outcome} ${Math.round(performance.now() - begun)} ms`)
    try {
      const answer = await asked
      say(String(answer.status))
      return answer
    } catch (error) {
      say(error instanceof Error ? `failed: ${error.message}` : 'failed')
      throw error
    }
  }
  return {
    ...transport,
    request: (ask, signal) => told(ask, transport.request(ask, signal)),
    stream: (ask, patience, signal) => told(ask, transport.stream(ask, patience, signal)),
  }
}
