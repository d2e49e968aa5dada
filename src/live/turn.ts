// One turn of the event loop: what was set off before it, such as a drawing of the screen, is done after it.

export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
