// The footer line: the keys that are in force, or for a few seconds what happened.
import type { ReactNode } from 'react'
import { useSyncExternalStore } from 'react'
import type { Feed } from '#live/feed.ts'
import { footerLine } from './footer.ts'
import { bindingsInForce, type KeyHub } from './key-hub.ts'
import type { Binding } from './keymap.ts'
import { Line } from './Line.tsx'
import { clean, clip, pad } from './text.ts'
import type { Role, Theme } from './theme.ts'
import { useNow } from './useFeed.ts'

export interface Message {
  readonly text: string
  readonly role: Role
  /** Until when it stands, by the deck's clock. */
  readonly until: number
}

export interface FooterProps {
  readonly hub: KeyHub
  readonly globals: readonly Binding[]
  readonly columns: number
  readonly theme: Theme
}

export function Footer({ hub, globals, columns, theme }: FooterProps): ReactNode {
  const layers = useSyncExternalStore(hub.subscribe, hub.layers)
  return (
    <Line
      text={footerLine(
        bindingsInForce(layers, globals).flatMap(({ bindings }) => bindings),
        columns,
        theme,
      )}
    />
  )
}

export function MessageLine({
  message,
  now,
  columns,
  theme,
  instead,
}: {
  readonly message: Message
  readonly now: Feed<number>
  readonly columns: number
  readonly theme: Theme
  readonly instead: ReactNode
}): ReactNode {
  // Watching the clock makes it step: only while there is something to take away again.
  const time = useNow(now, 1000)
  if (time >= message.until) return instead
  const text = clip(` ${clean(message.text)}`, columns, 'end', theme.glyph.cut)
  return <Line text={theme.paint(message.role, pad(text, columns))} />
}
