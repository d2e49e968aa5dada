// The lines of facts above the charts. What they are made of is read while they are drawn, and not otherwise.
import { type ReactNode, useContext } from 'react'
import type { ScreenProps } from '#screens/screen.ts'
import { Lines } from '#ui/Line.tsx'
import { LateContext } from '#ui/Patience.tsx'
import { type FactRoom, factLines, factRows } from './fact-lines.ts'
import { type FactSubject, useFacts } from './facts.ts'

export interface FactsProps extends Pick<FactRoom, 'now' | 'past'> {
  readonly screen: ScreenProps
  readonly subject: FactSubject
}

export function Facts({ screen, subject, now, past }: FactsProps): ReactNode {
  const { theme, columns } = screen
  const late = useContext(LateContext)
  const facts = useFacts(screen, subject)
  return <Lines lines={factLines(facts, { width: columns, theme, now, late, past })} rows={factRows} />
}
