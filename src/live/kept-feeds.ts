// Feeds by their question: the same question is the same feed, so that going back to it finds its data.
import type { Feed } from './feed.ts'

/** At most `most` are kept: the newest stand last, the oldest make room. */
export function keptFeeds<T>(most: number): (key: string, make: () => Feed<T>) => Feed<T> {
  const feeds = new Map<string, Feed<T>>()
  return (key, make) => {
    const feed = feeds.get(key) ?? make()
    feeds.delete(key)
    feeds.set(key, feed)
    for (const old of [...feeds.keys()].slice(0, -most)) feeds.delete(old)
    return feed
  }
}
