// Being stopped and continued by the shell (kill -TSTP; ctrl-z is a key of ours). Ink lets go of the terminal before the
// process stops and draws anew when it goes on.
import { useApp } from 'ink'
import { useEffect } from 'react'

/** The signals of the process, given by the caller: nothing here touches `process`. */
export interface JobControl {
  /** SIGTSTP came; returns the unsubscribe. */
  onStop(listener: () => void): () => void
  /** Really stops the process and resolves after SIGCONT. */
  stop(): Promise<void>
}

export function useJobControl(jobControl: JobControl | undefined): void {
  const { suspendTerminal } = useApp()
  useEffect(
    () => jobControl?.onStop(() => void suspendTerminal(() => jobControl.stop())),
    [jobControl, suspendTerminal],
  )
}
