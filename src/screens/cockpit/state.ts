// Where in the cockpit we are: the places that lead here, what was visited, what is being typed. A reducer.
import type { Message } from '#ui/Footer.tsx'
import type { HelpSection } from '#ui/footer.ts'

/** One view of one screen. Its memory is its own to write: a cursor must not draw the whole cockpit anew. */
export interface Place {
  readonly id: number
  readonly screen: string
  readonly args: readonly string[]
  readonly filter: string
  readonly faultsOnly: boolean
  readonly memory: Map<string, unknown>
}

export interface Prompt {
  readonly kind: 'command' | 'filter'
  readonly text: string
  /** The suggestion that is picked; -1: what is typed. */
  readonly pick: number
}

export interface State {
  /** How we came here; the last one is shown. */
  readonly trail: readonly Place[]
  /** Everything shown, in order, for `[` and `]`. */
  readonly visited: readonly Place[]
  readonly at: number
  readonly prompt: Prompt | undefined
  /** The help page, made from the keys in force when it was opened. */
  readonly help: readonly HelpSection[] | undefined
  readonly message: Message | undefined
  readonly nextId: number
}

export type Action =
  | { readonly type: 'go'; readonly screen: string; readonly args: readonly string[] }
  | { readonly type: 'back' }
  | { readonly type: 'last' }
  | { readonly type: 'history'; readonly by: 1 | -1 }
  | { readonly type: 'prompt'; readonly prompt: Prompt | undefined }
  | { readonly type: 'filter'; readonly text: string }
  | { readonly type: 'faults' }
  | { readonly type: 'help'; readonly sections: readonly HelpSection[] | undefined }
  | { readonly type: 'message'; readonly message: Message }

const visitedMost = 50

export function startAt(screen: string, args: readonly string[]): State {
  const place = newPlace(0, screen, args)
  return {
    trail: [place],
    visited: [place],
    at: 0,
    prompt: undefined,
    help: undefined,
    message: undefined,
    nextId: 1,
  }
}

function newPlace(id: number, screen: string, args: readonly string[]): Place {
  return { id, screen, args, filter: '', faultsOnly: false, memory: new Map() }
}

/** The place that is shown; a trail is never empty. */
export function placeOf(state: State): Place {
  return state.trail.at(-1) ?? newPlace(-1, 'overview', [])
}

export function reduceCockpit(state: State, action: Action): State {
  switch (action.type) {
    case 'go': {
      const place = newPlace(state.nextId, action.screen, action.args)
      return { ...visit(state, place), nextId: state.nextId + 1 }
    }
    case 'back': {
      const before = state.trail.at(-2)
      return before === undefined ? state : visit(state, before)
    }
    case 'last': {
      const before = state.visited[state.at - 1]
      return before === undefined ? state : visit(state, before)
    }
    case 'history': {
      const at = state.at + action.by
      const place = state.visited[at]
      return place === undefined ? state : { ...shown(state, place), at }
    }
    case 'prompt':
      return { ...state, prompt: action.prompt }
    case 'filter':
      return replace(state, { ...placeOf(state), filter: action.text })
    case 'faults': {
      const place = placeOf(state)
      return replace(state, { ...place, faultsOnly: !place.faultsOnly })
    }
    case 'help':
      return { ...state, help: action.sections }
    case 'message':
      return { ...state, message: action.message }
  }
}

/** Shows a place and remembers the visit; what was ahead in the history is forgotten. */
function visit(state: State, place: Place): State {
  const visited = [...state.visited.slice(0, state.at + 1), place].slice(-visitedMost)
  return { ...shown(state, place), visited, at: visited.length - 1 }
}

/** A place already on the trail is gone back to; a new one is a step deeper. */
function shown(state: State, place: Place): State {
  const known = state.trail.findIndex((one) => one.id === place.id)
  const trail = known >= 0 ? state.trail.slice(0, known + 1) : [...state.trail, place]
  return { ...state, trail, help: undefined, prompt: undefined }
}

function replace(state: State, place: Place): State {
  const swap = (one: Place) => (one.id === place.id ? place : one)
  return { ...state, trail: state.trail.map(swap), visited: state.visited.map(swap) }
}
