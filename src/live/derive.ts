// Feeds made of feeds. All stay lazy: nobody looking at the result, nobody looking at its parts.
import type { Feed } from './feed.ts'

/** `map` is called once per change of the source. */
export function mapFeed<A, B>(source: Feed<A>, map: (value: A) => B): Feed<B> {
  return combine([source], (value) => map(value))
}

/** One value of many: made anew when any part changed, and only then. */
export function combine<const A extends readonly unknown[], B>(
  sources: { readonly [K in keyof A]: Feed<A[K]> },
  join: (...values: A) => B,
): Feed<B> {
  const feeds: readonly Feed<unknown>[] = sources
  let parts: readonly unknown[] | undefined
  let made: B
  const get = (): B => {
    const now = feeds.map((feed) => feed.get())
    if (parts === undefined || now.some((value, index) => !Object.is(value, parts?.[index]))) {
      made = join(...(now as unknown as A))
      parts = now
    }
    return made
  }
  return {
    get,
    subscribe(changed) {
      let seen = get()
      const check = () => {
        const value = get()
        if (Object.is(value, seen)) return
        seen = value
        changed()
      }
      const stops = feeds.map((feed) => feed.subscribe(check))
      // A part may have moved on while it was nobody's business, or as it was started.
      check()
      return () => {
        for (const stop of stops) stop()
      }
    },
  }
}

/**
 * The feed that `choose` makes for the value of `source`. With a new value the old feed is let go, and its data with it:
 * one namespace's rows never show under another's name.
 */
export function switchFeed<K, T>(source: Feed<K>, choose: (key: K) => Feed<T>): Feed<T> {
  let key: K
  let chosen: Feed<T> | undefined
  const current = (): Feed<T> => {
    const now = source.get()
    if (chosen === undefined || !Object.is(now, key)) {
      key = now
      chosen = choose(now)
    }
    return chosen
  }
  return {
    get: () => current().get(),
    subscribe(changed) {
      let inner = current()
      let stop = inner.subscribe(changed)
      const stopSource = source.subscribe(() => {
        const next = current()
        if (next === inner) return
        stop()
        inner = next
        stop = inner.subscribe(changed)
        changed()
      })
      return () => {
        stopSource()
        stop()
      }
    },
  }
}
