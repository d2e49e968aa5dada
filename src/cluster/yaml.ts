// The YAML library in a module of its own, loaded when a kubeconfig is not JSON or there is a config file. It is CommonJS: imported
// dynamically by its own name, a bundler would hide its functions behind `default`.
import { parse } from 'yaml'

export const parseYaml: (content: string) => unknown = parse
