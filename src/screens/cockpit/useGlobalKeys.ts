// What each key does: first the line being typed, then what is on the screen, then the cockpit's own keys.
import { useEffect, useEffectEvent } from 'react'
import type { Deck } from '#live/deck.ts'
import { nearest } from '#model/nearest.ts'
import { noNamespaceCalled } from '#model/no-namespace.ts'
import { movedRange, steppedRange } from '#model/range-steps.ts'
import { SourceError } from '#model/reading.ts'
import type { ScreenDef } from '#screens/screen.ts'
import { bindingsInForce, type KeyHub } from '#ui/key-hub.ts'
import { find, textOf } from '#ui/keys.ts'
import type { Role } from '#ui/theme.ts'
import { meaningOf } from './commands.ts'
import { goToDashboard } from './go-dashboard.ts'
import { type GlobalAction, globalBindings } from './keys.ts'
import { knownOf, suggestionsOf } from './PromptLine.tsx'
import { editPrompt, taken, typed } from './prompt.ts'
import { isSettled, settled } from './settled.ts'
import { type Action, type Prompt, placeOf, type State } from './state.ts'
import { staying } from './staying.ts'
import type { Store } from './store.ts'
import { useInputs } from './useInputs.ts'

export interface GlobalKeys {
  readonly deck: Deck
  /** The one that is shown by the time it is asked. */
  deckShown(): Deck
  setDeck(deck: Deck): void
  readonly screens: readonly ScreenDef[]
  readonly store: Store<State, Action>
  /** The keys of the screen. */
  readonly hub: KeyHub
  /** The keys of the help, which has all of them while it is shown. */
  readonly helpHub: KeyHub
  readonly timeZone: string | undefined
  go(screen: string, args: readonly string[]): void
  say(text: string, role?: Role): void
  leave(): void
}

export function useGlobalKeys(use: GlobalKeys): void {
  const { store, deck } = use
  const opened = useEffectEvent((one: Deck) => void checkNamespace({ ...use, deck: one }))
  useEffect(() => opened(deck), [deck])
  useInputs({
    deck,
    key: (name) => {
      const { prompt } = store.get()
      if (prompt === undefined) screenKey(use, name)
      else promptKey(use, prompt, name)
    },
    paste: (text) => {
      const { prompt } = store.get()
      if (prompt !== undefined) change(store, typed(prompt, text))
      else frontHub(use).paste(text)
    },
  })
}

/** Whose keys are in force. */
const frontHub = ({ store, hub, helpHub }: GlobalKeys): KeyHub =>
  store.get().help === undefined ? hub : helpHub

function screenKey(use: GlobalKeys, name: string): void {
  const pressed = frontHub(use).press(name)
  if (pressed.type === 'off') use.say(pressed.why, 'warn')
  if (pressed.type !== 'unknown') return
  const binding = find(globalBindings, name)
  if (binding !== undefined) handlersOf(use)[binding.action]()
}

function promptKey(use: GlobalKeys, prompt: Prompt, name: string): void {
  const { store } = use
  const text = textOf(name)
  if (text !== undefined) {
    change(store, typed(prompt, text))
    return
  }
  const known = knownOf(use.deck, use.screens)
  const suggestions = suggestionsOf(prompt, known)
  if (name === 'enter') {
    store.dispatch({ type: 'prompt', prompt: undefined })
    if (prompt.kind === 'command') obey(use, taken(prompt, suggestions))
    return
  }
  const edited = editPrompt(prompt, name, suggestions)
  change(store, edited ?? { ...prompt, text: '' })
  if (edited === undefined) store.dispatch({ type: 'prompt', prompt: undefined })
}

/** A filter works while it is typed. */
function change(store: Store<State, Action>, prompt: Prompt): void {
  store.dispatch({ type: 'prompt', prompt })
  if (prompt.kind === 'filter') store.dispatch({ type: 'filter', text: prompt.text })
}

const leaveQuestion = 'q again leaves'

/** What the cockpit's own keys do. */
function handlersOf({ store, deck, hub, say, leave }: GlobalKeys): Record<GlobalAction, () => void> {
  const { dispatch } = store
  const state = store.get()
  const place = placeOf(state)
  const back = () => dispatch({ type: 'back' })
  const closeHelp = () => dispatch({ type: 'help', sections: undefined })
  const inHelp = state.help !== undefined
  const prompt = (kind: 'filter' | 'command', text: string) =>
    dispatch({ type: 'prompt', prompt: { kind, text, pick: -1 } })
  const step = (by: 'shorter' | 'longer') => deck.range.set(steppedRange(deck.range.get(), by))
  const move = (by: 'earlier' | 'later') => deck.range.set(movedRange(deck.range.get(), by, deck.now.get()))
  const openHelp = () => dispatch({ type: 'help', sections: bindingsInForce(hub.layers(), globalBindings) })
  const clearFilter = () => dispatch({ type: 'filter', text: '' })
  const askedToLeave = state.message?.text === leaveQuestion && deck.now.get() < state.message.until
  const askToLeave = askedToLeave ? leave : () => say(leaveQuestion)
  return {
    filter: () => prompt('filter', place.filter),
    command: () => prompt('command', ''),
    help: inHelp ? closeHelp : openHelp,
    back: inHelp ? closeHelp : place.filter === '' ? back : clearFilter,
    quit: inHelp ? closeHelp : state.trail.length > 1 ? back : askToLeave,
    leave,
    last: () => dispatch({ type: 'last' }),
    older: () => dispatch({ type: 'history', by: -1 }),
    newer: () => dispatch({ type: 'history', by: 1 }),
    all: () => deck.namespace.set(undefined),
    shorter: () => step('shorter'),
    longer: () => step('longer'),
    earlier: () => move('earlier'),
    later: () => move('later'),
    faults: () => dispatch({ type: 'faults' }),
  }
}

function obey(keys: GlobalKeys, line: string): void {
  const { deck, screens } = keys
  const meaning = meaningOf(line, { ...knownOf(deck, screens), timeZone: keys.timeZone })
  switch (meaning.type) {
    case 'go':
      keys.go(meaning.screen, meaning.args)
      break
    case 'dashboard':
      void goToDashboard(keys, meaning.name)
      break
    case 'namespace':
      void changeNamespace(keys, meaning.name)
      break
    case 'range':
      deck.range.set(meaning.range)
      if (meaning.note !== undefined) keys.say(meaning.note, 'warn')
      break
    case 'context':
      void changeContext(keys, meaning.name)
      break
    case 'help':
      handlersOf(keys).help()
      break
    case 'leave':
      keys.leave()
      break
    case 'unknown':
      if (isSettled(deck.resources.get())) keys.say(meaning.why, 'warn')
      else void obeyLater(keys, line)
      break
    case 'nothing':
      break
  }
}

/** A line typed before the kinds that the server serves are known may mean one of them. */
async function obeyLater(keys: GlobalKeys, line: string): Promise<void> {
  const stays = staying(keys)
  keys.say('asking the server for its kinds')
  await settled(keys.deck.resources)
  if (stays()) obey(keys, line)
}

/** A name that is not known to be there is asked about first; where namespaces cannot be listed any may be right. */
async function changeNamespace({ deck, say }: GlobalKeys, name: string | undefined): Promise<void> {
  const before = deck.namespace.get()
  const doubtful = name !== undefined && deck.namespaces.get().data?.includes(name) === false
  if (!doubtful) deck.namespace.set(name)
  if (name === undefined) return
  const { data } = await settled(deck.namespaces)
  if (data === undefined || data.includes(name)) {
    if (doubtful) deck.namespace.set(name)
    return
  }
  if (deck.namespace.get() === name) deck.namespace.set(before)
  say(noNamespaceCalled(name, data), 'warn')
}

/** The namespace that a deck was opened with: its screens show it before anybody knows whether it is there. */
async function checkNamespace({ deck, deckShown, say }: GlobalKeys): Promise<void> {
  const name = deck.namespace.get()
  if (name === undefined) return
  const { data } = await settled(deck.namespaces)
  if (data === undefined || data.includes(name)) return
  if (deckShown() === deck && deck.namespace.get() === name) say(noNamespaceCalled(name, data), 'warn')
}

/**
 * The old deck is closed only when the new one stands, so that a wrong name changes nothing. The context one is in is
 * opened anew as well: its kubeconfig may have another certificate or user by now.
 */
async function changeContext({ deck, setDeck, say }: GlobalKeys, name: string): Promise<void> {
  if (!deck.contexts.includes(name)) {
    const near = nearest(name, deck.contexts)
    const hint = near === undefined ? '' : `; did you mean ${near}?`
    say(`the kubeconfig has no context ${name}${hint}`, 'warn')
    return
  }
  say(`connecting to ${name}`)
  try {
    const next = await deck.open(name)
    if (name === deck.context) next.namespace.set(deck.namespace.get())
    setDeck(next)
    await deck.close()
    say(`now in ${name}`)
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    say(`still in ${deck.context}: ${name}: ${error.detail}`, 'bad')
  }
}
