// Reading YAML, in a module of its own that is loaded when a kubeconfig is not JSON or there is a config file. By js-yaml, as
// @kubernetes/client-node reads them: it is there 12 ms sooner than the library that writes YAML, and every start waits for it.
import { CORE_SCHEMA, loadAll, YAMLException } from 'js-yaml'

/** YAML 1.2's core schema: no dates. Undefined where there is nothing. Throws what is wrong and at which line. */
export function parseYaml(content: string): unknown {
  const [document, ...more] = documents(content)
  if (more.length > 0) throw new Error(`${more.length + 1} documents where one belongs`)
  return document
}

function documents(content: string): unknown[] {
  try {
    return loadAll(content, { schema: CORE_SCHEMA })
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error
    const line = error.mark?.line
    throw new Error(line === undefined ? error.reason : `${error.reason} at line ${line + 1}`, {
      cause: error,
    })
  }
}
