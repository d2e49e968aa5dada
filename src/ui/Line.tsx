// One line of the screen: a string that is already cut, padded and coloured. Everything drawn is made of these,
// because one memoised Text a line is what Ink draws cheapest.
import { Text } from 'ink'
import { createContext, memo, type ReactNode, useContext } from 'react'
import { toAscii } from './text.ts'

/** Whether the terminal draws ASCII alone: then every line is made so, remote text too. */
export const AsciiContext = createContext(false)

export const Line = memo(function Line({ text }: { readonly text: string }): ReactNode {
  const drawn = useContext(AsciiContext) ? toAscii(text) : text
  // Ink gives an empty Text no height.
  return <Text wrap="truncate">{drawn === '' ? ' ' : drawn}</Text>
})

/** Lines from top to bottom, cut at `rows`. */
export function Lines({
  lines,
  rows,
}: {
  readonly lines: readonly string[]
  readonly rows: number
}): ReactNode {
  return lines.slice(0, rows).map((text, index) => <Line key={`line-${String(index)}`} text={text} />)
}
