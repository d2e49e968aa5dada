// Opens the cockpit on a terminal and resolves when it is left, with the terminal as it was before.
import { render } from 'ink'
import type { Deck } from '#live/deck.ts'
import { screenOf, screens } from '#screens/registry.ts'
import type { Theme } from '#ui/theme.ts'
import { Cockpit } from './Cockpit.tsx'
import type { Terminal } from './terminal.ts'
import type { JobControl } from './useJobControl.ts'

export interface CockpitOptions {
  readonly deck: Deck
  /** A screen's name or alias; an unknown one is said where the screen would be. */
  readonly screen: string
  readonly args: readonly string[]
  readonly theme: Theme
  readonly terminal: Terminal
  /** Aborting leaves the cockpit: SIGTERM, SIGHUP. */
  readonly signal: AbortSignal
  readonly readOnly: boolean
  /** An IANA name; the machine's own where absent. */
  readonly timeZone?: string
  readonly jobControl?: JobControl
  /** Called when the first frame is drawn and what it shows is subscribed to. */
  readonly onShown?: () => void
}

/** Rejects with what a component threw, after the terminal is restored. Closes the deck that is open at the end. */
export async function openCockpit(options: CockpitOptions): Promise<void> {
  const { terminal, signal } = options
  const { stdin, stdout } = terminal
  let open = options.deck
  terminal.take()
  const draw = () =>
    render(
      <Cockpit
        deck={options.deck}
        screens={screens}
        screen={screenOf(options.screen)?.name ?? options.screen}
        args={options.args}
        theme={options.theme}
        timeZone={options.timeZone}
        readOnly={options.readOnly}
        terminal={terminal}
        jobControl={options.jobControl}
        onDeck={(deck) => {
          open = deck
        }}
      />,
      {
        stdin,
        stdout,
        incrementalRendering: true,
        interactive: true,
        patchConsole: false,
        exitOnCtrlC: false,
        // Data is gathered in the deck; a low rate here would only hold back keys.
        maxFps: 250,
        kittyKeyboard: { mode: 'auto' },
      },
    )
  const app = terminal.replace(draw)
  const leave = () => {
    app.unmount()
    terminal.giveBack()
  }
  // A terminal that went away (closed window, dropped line) shows as an error of either stream.
  const gone = [stdin, stdout] as const
  signal.addEventListener('abort', leave)
  for (const stream of gone) stream.on('error', leave)
  stdin.on('end', leave)
  try {
    options.onShown?.()
    if (signal.aborted) leave()
    await app.waitUntilExit()
  } finally {
    leave()
    signal.removeEventListener('abort', leave)
    for (const stream of gone) stream.off('error', leave)
    stdin.off('end', leave)
    await open.close()
  }
}
