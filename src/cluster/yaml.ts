// Reading YAML, in a module of its own that is loaded when a kubeconfig is not JSON or there is a config file. By js-yaml, as
// @kubernetes/client-node reads them: it is there 12 ms sooner than the library that writes YAML, and every start waits for it.
import { CORE_SCHEMA, loadAll } from 'js-yaml'

/** YAML 1.2's core schema: no dates. Undefined where there is nothing. Throws what is wrong and, in brackets, where. */
export function parseYaml(content: string): unknown {
  const [document, ...more] = loadAll(content, { schema: CORE_SCHEMA })
  if (more.length > 0) throw new Error(`${more.length + 1} documents where one belongs`)
  return document
}
