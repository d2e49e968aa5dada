// Keys as records: dispatch, footer, help and the README's table all derive from them.

/** `j`, `G` (a capital means shift), `ctrl-f`, `enter`, `esc`, `space`, `tab`, `up`, `down`, `left`, `right`, `pgup`, `pgdn`, `home`, `end`, `backspace`, `delete`. */
export type KeyName = string

export interface Binding<Action extends string = string> {
  readonly keys: readonly KeyName[]
  readonly action: Action
  /** One or two words, as the footer shows them: `logs`. */
  readonly label: string
  /** One sentence for the help page; the label where absent. */
  readonly help?: string
  /** Shown in the footer, lowest number first; absent: only in the help. */
  readonly footer?: number
}
