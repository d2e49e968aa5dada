// The texts of the dashboards in dashboards/, as they lie beside the bundle in the package and here in a checkout.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('./dashboards/', import.meta.url))

/** By the file's name without its ending. */
export function dashboardText(name: string): string {
  return readFileSync(`${folder}${name}.json`, 'utf8')
}
