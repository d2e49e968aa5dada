// Feeds of what is not asked for.
import type { Feed } from './feed.ts'
import { type Live, nothingYet } from './live.ts'

/** Always this value. */
export const constantFeed = <T>(value: T): Feed<T> => ({ get: () => value, subscribe: () => () => {} })

/** Stands where nothing is to be read: it has no data, waits for none and never changes. */
export const noFeed: Feed<Live<never>> = constantFeed(nothingYet)
