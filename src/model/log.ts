// Lines of containers' logs as the kubelet gives them, and whose.

/** One line of a pod's log. `at` comes from the kubelet's own stamp. */
export interface LogLine {
  readonly pod: string
  readonly container: string
  readonly at?: number
  readonly text: string
}

export interface LogSubject {
  readonly namespace: string
  /** One pod, or all pods that match `selector`. */
  readonly pod?: string
  readonly selector?: string
  readonly container?: string
  readonly previous?: boolean
  readonly tailLines?: number
  readonly sinceSeconds?: number
  /** Milliseconds since the epoch: from there on, as many lines as are kept, in the place of the last ones. */
  readonly from?: number
}
