// Waiting for a condition with a deadline.
import { setTimeout as sleep } from 'node:timers/promises'

/** @throws Error that names what was waited for and the last reason why it was not so. */
export async function until(
  what: string,
  milliseconds: number,
  holds: () => Promise<boolean | undefined>,
): Promise<void> {
  const deadline = performance.now() + milliseconds
  let why = ''
  for (;;) {
    try {
      if (await holds()) return
      why = ''
    } catch (error) {
      if (error instanceof Gone) throw error
      why = `: ${error instanceof Error ? [error.message, error.cause].filter(Boolean).join(', ') : error}`
    }
    if (performance.now() > deadline) throw new Error(`waited ${milliseconds / 1000} s for ${what}${why}`)
    await sleep(25)
  }
}

/** Waiting longer makes no sense. */
export class Gone extends Error {}
