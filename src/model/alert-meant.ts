// Which alerts say that something is wrong. Some fire to be there: the dead man's switch, and the one that only
// silences others.
import type { AlertRow } from '#model/prometheus.ts'

const meant: ReadonlySet<string> = new Set(['Watchdog', 'InfoInhibitor'])

/** Firing, and not because it is meant to. */
export const isTrouble = (alert: AlertRow): boolean =>
  alert.state === 'firing' && !meant.has(alert.name) && alert.severity !== 'none'
