// Being stopped and continued by the shell (kill -TSTP; ctrl-z is a key of ours): the terminal is the shell's in between.
import { useApp } from 'ink'
import { useEffect } from 'react'
import type { Terminal } from './terminal.ts'

/** The signals of the process, given by the caller: nothing here touches `process`. */
export interface JobControl {
  /** SIGTSTP came; returns the unsubscribe. */
  onStop(listener: () => void): () => void
  /** Really stops the process and resolves after SIGCONT. */
  stop(): Promise<void>
}

export function useJobControl(jobControl: JobControl | undefined, terminal: Terminal): void {
  // Ink lets go of the keys, and draws anew at the end.
  const { suspendTerminal } = useApp()
  useEffect(
    () =>
      jobControl?.onStop(() => {
        void suspendTerminal(async () => {
          terminal.giveBack()
          await jobControl.stop()
          terminal.take()
        })
      }),
    [jobControl, terminal, suspendTerminal],
  )
}
