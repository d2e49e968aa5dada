// The one frame around every screen: a header line, a rule, the screen in the rows between, the footer line.
import { Box } from 'ink'
import type { ReactNode } from 'react'
import { frameRows, ruleLine } from './frame.ts'
import { Line } from './Line.tsx'
import type { Theme } from './theme.ts'

export interface FrameProps {
  readonly columns: number
  readonly rows: number
  readonly header: ReactNode
  readonly footer: ReactNode
  readonly theme: Theme
  readonly children: ReactNode
}

export function Frame({ columns, rows, header, footer, theme, children }: FrameProps): ReactNode {
  // The width is the terminal's own ("100%"): a width from state is one frame late after a resize, and Ink would
  // then trust a wrapped line.
  return (
    <Box flexDirection="column" width="100%" height={rows} overflow="hidden">
      <Box flexShrink={0}>{header}</Box>
      <Box flexShrink={0}>
        <Line text={ruleLine(columns, theme)} />
      </Box>
      <Box
        flexDirection="column"
        width="100%"
        height={Math.max(0, rows - frameRows)}
        flexShrink={0}
        overflow="hidden"
      >
        {children}
      </Box>
      <Box flexShrink={0}>{footer}</Box>
    </Box>
  )
}
