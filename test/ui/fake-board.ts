// An open dashboard of cells set by hand: what its panels show is a function of the panel.

import { createCell } from '#live/cell.ts'
import type { OpenDashboard, Variables } from '#live/deck.ts'
import { combine } from '#live/derive.ts'
import type { Cell, Feed } from '#live/feed.ts'
import { type Live, nothingYet } from '#live/live.ts'
import type { AskedPanel, LivePanel } from '#live/open-dashboard.ts'
import type { Dashboard } from '#model/dashboard/dashboard.ts'
import type { LaidPanel } from '#model/dashboard/layout.ts'

type Answers = (panel: LaidPanel) => LivePanel

export interface FakeBoard extends OpenDashboard {
  readonly content: Cell<Live<Dashboard>>
  readonly variables: Cell<Live<Variables>>
  readonly answers: Cell<Answers>
  /** What was chosen, in order. */
  readonly choices: [variable: string, values: readonly string[]][]
  /** The panels that are looked at now. */
  readonly asked: () => readonly AskedPanel[]
}

export function fakeBoard(): FakeBoard {
  const answers = createCell<Answers>(() => nothingYet)
  const choices: [string, readonly string[]][] = []
  let last: { key: string; asked: readonly AskedPanel[]; feed: Feed<readonly LivePanel[]> } | undefined
  return {
    content: createCell<Live<Dashboard>>(nothingYet),
    variables: createCell<Live<Variables>>(nothingYet),
    answers,
    choices,
    asked: () => last?.asked ?? [],
    choose(variable, values) {
      choices.push([variable, values])
    },
    panels(asked) {
      const key = asked.map(({ panel, columns }) => `${panel.key} ${panel.shift ?? 0} ${columns}`).join('\n')
      if (last?.key !== key)
        last = { key, asked, feed: combine([answers], (of) => asked.map(({ panel }) => of(panel))) }
      return last.feed
    },
  }
}
