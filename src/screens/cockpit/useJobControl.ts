// Being stopped and continued by the shell (kill -TSTP; ctrl-z is a key of ours). The terminal is handed back
// before the process stops and taken again when it goes on.
import { useApp } from 'ink'
import { useEffect } from 'react'

/** The signals of the process, given by the caller: nothing here touches `process`. */
export interface JobControl {
  /** SIGTSTP came; returns the unsubscribe. */
  onStop(listener: () => void): () => void
  /** Really stops the process and resolves after SIGCONT. */
  stop(): Promise<void>
}

export function useJobControl(
  jobControl: JobControl | undefined,
  stdout: NodeJS.WritableStream,
  modes: { readonly stop: string; readonly go: string },
): void {
  const { suspendTerminal } = useApp()
  const { stop: leaveModes, go: enterModes } = modes
  useEffect(
    () =>
      jobControl?.onStop(() => {
        void suspendTerminal(async () => {
          stdout.write(leaveModes)
          await jobControl.stop()
          stdout.write(enterModes)
        })
      }),
    [jobControl, stdout, suspendTerminal, leaveModes, enterModes],
  )
}
