// An object as YAML. The library is CommonJS: imported dynamically by its own name, the bundler would hide its
// functions behind `default`, so it is a module of our own that is loaded when it is needed.
import { Document, visit } from 'yaml'
import { escapeHidden, hasHidden } from '#model/printable.ts'

/** Safe to show: what a terminal would obey stands as an escape in double quotes, so that nothing is lost. */
export function printYaml(value: unknown): string {
  const document = new Document(inOrder(value))
  visit(document, {
    Scalar(_, scalar) {
      if (typeof scalar.value === 'string' && hasHidden(scalar.value)) scalar.type = 'QUOTE_DOUBLE'
    },
  })
  return escapeHidden(document.toString({ lineWidth: 0 }))
}

/** What an object is stands first, as kubectl prints it; a server may send its fields in any order. */
function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('apiVersion' in value)) return value
  const { apiVersion, kind, metadata, ...rest } = value as Readonly<Record<string, unknown>>
  return {
    apiVersion,
    ...(kind !== undefined && { kind }),
    ...(metadata !== undefined && { metadata }),
    ...rest,
  }
}
