// An object as YAML. The library is CommonJS: imported dynamically by its own name, the bundler would hide its
// functions behind `default`, so it is a module of our own that is loaded when it is needed.
import { stringify } from 'yaml'

export const printYaml: (value: unknown) => string = (value) => stringify(value, { lineWidth: 0 })
