// Whether a remote system answers, told by the requests that are made anyway: when it last did, and why it does not.
import { type Gap, SourceError } from '#model/reading.ts'
import { createCell } from './cell.ts'
import type { Feed } from './feed.ts'
import type { Timing } from './timing.ts'

export interface Contact {
  /** When it last answered, milliseconds since the epoch. */
  readonly at?: number
  readonly gap?: Gap
}

export interface Hearing extends Feed<Contact> {
  answered(): void
  /** What a request ended in; anything but a SourceError tells nothing of the remote system. */
  failed(error: unknown): void
}

/** Answers come many times a second; that they do is told this often. */
const step = 15_000

/** `silent` says which failures are no answer: a refusal is one, given by a server that is well. */
export function openHearing(timing: Timing, silent: (gap: Gap) => boolean): Hearing {
  const contact = createCell<Contact>({})
  let at: number | undefined
  const answered = () => {
    at = timing.now()
    const told = contact.get()
    if (told.gap || told.at === undefined || at - told.at >= step) contact.set({ at })
  }
  return {
    get: contact.get,
    subscribe: contact.subscribe,
    answered,
    failed(error) {
      if (!(error instanceof SourceError)) return
      const { reason, detail } = error
      if (!silent(error)) answered()
      else if (contact.get().gap?.detail !== detail)
        contact.set({ ...(at !== undefined && { at }), gap: { reason, detail } })
    },
  }
}
