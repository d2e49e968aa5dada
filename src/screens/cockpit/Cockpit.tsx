// The cockpit's root: one frame, the screen that is shown, and what becomes of each key.
import { Box, useApp, useStdout, useWindowSize } from 'ink'
import { type ReactNode, Suspense, useRef, useState } from 'react'
import type { Deck } from '#live/deck.ts'
import type { ScreenDef, ScreenProps } from '#screens/screen.ts'
import { copySequence } from '#ui/clipboard.ts'
import { Footer, MessageLine } from '#ui/Footer.tsx'
import { Frame } from '#ui/Frame.tsx'
import { frameRows, hasRoom } from '#ui/frame.ts'
import { createKeyHub } from '#ui/key-hub.ts'
import { AsciiContext, Line } from '#ui/Line.tsx'
import { Patience } from '#ui/Patience.tsx'
import type { Role, Theme } from '#ui/theme.ts'
import { useFeed } from '#ui/useFeed.ts'
import { KeyHubContext } from '#ui/useKeys.ts'
import { Header } from './Header.tsx'
import { Help } from './Help.tsx'
import { globalBindings } from './keys.ts'
import { PromptLine } from './PromptLine.tsx'
import { placeOf, reduceCockpit, startAt } from './state.ts'
import { createStore } from './store.ts'
import type { Terminal } from './terminal.ts'
import { useGlobalKeys } from './useGlobalKeys.ts'
import { type JobControl, useJobControl } from './useJobControl.ts'

export interface CockpitProps {
  /** The deck that is shown first; changing the context shows another. */
  readonly deck: Deck
  readonly screens: readonly ScreenDef[]
  readonly screen: string
  readonly args: readonly string[]
  readonly theme: Theme
  readonly timeZone: string | undefined
  readonly readOnly: boolean
  readonly terminal: Terminal
  readonly jobControl: JobControl | undefined
  /** Tells the caller which deck is open, so that it can be closed at the end. */
  onDeck(deck: Deck): void
}

const messageFor = 4000

export function Cockpit(props: CockpitProps): ReactNode {
  const { theme, timeZone, screens, readOnly } = props
  // Counted, since a context that is opened anew has another deck under the same name.
  const [{ deck, count }, setOpened] = useState({ deck: props.deck, count: 0 })
  const deckShown = useRef(deck)
  const [store] = useState(() => createStore(reduceCockpit, startAt(props.screen, props.args)))
  const state = useFeed(store)
  const { dispatch } = store
  const [hub] = useState(createKeyHub)
  const [helpHub] = useState(createKeyHub)
  const { columns, rows } = useWindowSize()
  const { stdout } = useStdout()
  const { exit } = useApp()

  useJobControl(props.jobControl, props.terminal)

  const say = (text: string, role: Role = 'bold') =>
    dispatch({ type: 'message', message: { text, role, until: deck.now.get() + messageFor } })
  const copy = (text: string) => {
    const sequence = copySequence(text)
    if (sequence !== undefined) stdout.write(sequence)
    if (sequence === undefined) say('too long to copy through the terminal', 'warn')
    else say(`sent to the terminal's clipboard: ${text.length > 60 ? `${text.length} characters` : text}`)
  }
  const go = (screen: string, args: readonly string[] = []) => {
    if (screens.some((one) => one.name === screen)) dispatch({ type: 'go', screen, args })
    else say(`there is no screen ${screen}`, 'warn')
  }
  const change = (next: Deck) => {
    deckShown.current = next
    setOpened({ deck: next, count: count + 1 })
    props.onDeck(next)
  }
  useGlobalKeys({
    ...{ deck, deckShown: () => deckShown.current, setDeck: change },
    ...{ screens, store, hub, helpHub, timeZone, go, say },
    leave: () => exit(),
  })

  if (!hasRoom(columns, rows)) return <Line text={`too small: ${columns}x${rows}`} />
  const place = placeOf(state)
  const size = { columns, rows: rows - frameRows }
  const back = () => dispatch({ type: 'back' })
  const screenProps: ScreenProps = {
    ...{ deck, theme, timeZone, readOnly, go, back, say, copy },
    ...size,
    ...{ args: place.args, filter: place.filter, faultsOnly: place.faultsOnly, memory: place.memory },
  }
  const def = screens.find((screen) => screen.name === place.screen)
  const line = { columns, theme }
  const inHelp = state.help !== undefined
  const footer = <Footer hub={inHelp ? helpHub : hub} globals={globalBindings} {...line} />
  const { prompt, message } = state
  return (
    <KeyHubContext value={hub}>
      <AsciiContext value={theme.ascii}>
        <Frame
          {...line}
          rows={rows}
          header={<Header deck={deck} place={place} timeZone={timeZone} readOnly={readOnly} {...line} />}
          footer={
            prompt !== undefined ? (
              <PromptLine prompt={prompt} deck={deck} screens={screens} {...line} />
            ) : message !== undefined ? (
              <MessageLine message={message} now={deck.now} instead={footer} {...line} />
            ) : (
              footer
            )
          }
        >
          {state.help !== undefined && (
            <KeyHubContext value={helpHub}>
              <Help sections={state.help} theme={theme} {...size} />
            </KeyHubContext>
          )}
          {/* Under the help the screen stays as it is: taken away, it would ask again for all that it waits for. */}
          <Box display={inHelp ? 'none' : 'flex'} flexDirection="column" width="100%" flexShrink={0}>
            {def === undefined ? (
              <Line text={` there is no screen ${place.screen}`} />
            ) : (
              <Patience deck={deck} view={place.id}>
                <Suspense fallback={<Line text="" />}>
                  <def.Screen key={`${String(place.id)} ${String(count)}`} {...screenProps} />
                </Suspense>
              </Patience>
            )}
          </Box>
        </Frame>
      </AsciiContext>
    </KeyHubContext>
  )
}
