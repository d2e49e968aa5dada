// Values that many rows share, kept once: nodes, namespaces, states, owners, equal sets of labels.
// Bounded: a pool that has grown too large starts afresh, which costs sharing and never correctness.

export interface Pool {
  text(value: string): string
  /** The one object kept under `key`, made when it is asked for first. */
  share<T>(key: string, make: () => T): T
}

export function createPool(limit = 20_000): Pool {
  const texts = new Map<string, string>()
  const shared = new Map<string, unknown>()
  return {
    text(value) {
      const kept = texts.get(value)
      if (kept !== undefined) return kept
      if (texts.size >= limit) texts.clear()
      texts.set(value, value)
      return value
    },
    share<T>(key: string, make: () => T): T {
      const kept = shared.get(key)
      // One key is used for one type: its prefix names the type.
      if (kept !== undefined) return kept as T
      if (shared.size >= limit) shared.clear()
      const made = make()
      shared.set(key, made)
      return made
    },
  }
}

/** Equal labels become one object; `labels` is kept where it is the first. */
export function shareLabels(
  pool: Pool,
  labels: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  let key = 'labels'
  for (const name in labels) key += `\n${name}\t${labels[name]}`
  return pool.share(key, () => {
    const kept: Record<string, string> = {}
    for (const name in labels) kept[pool.text(name)] = pool.text(labels[name] ?? '')
    return kept
  })
}
