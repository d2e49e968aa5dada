// A list as a command gives it: the rows themselves for `-o json`, and how each is written as text.
import type { Row } from '#model/kube.ts'

export interface ListColumn {
  readonly header: string
  readonly align?: 'right'
  /** Shown only with `-o wide`. */
  readonly wide?: boolean
}

export interface ListView {
  readonly columns: readonly ListColumn[]
  /** One array of texts a row, in the order of `columns`. */
  readonly cells: readonly (readonly string[])[]
  readonly items: readonly Row[]
  /** What could not be read, one sentence each; printed on stderr. */
  readonly notes: readonly string[]
}
