// The sentence for a namespace that is not there.
import { nearest } from '#model/nearest.ts'

export function noNamespaceCalled(name: string, namespaces: readonly string[]): string {
  const near = nearest(name, namespaces)
  return `there is no namespace ${name}${near === undefined ? '' : `; did you mean ${near}?`}`
}
