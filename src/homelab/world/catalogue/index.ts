// The whole catalogue of applications.
import { household } from './household.ts'
import { observability } from './observability.ts'
import { platform } from './platform.ts'
import type { App } from './shapes.ts'
import { shop } from './shop.ts'

export const catalogue: readonly App[] = [...platform, ...observability, ...shop, ...household]

export const appOf = (namespace: string, name: string): App | undefined =>
  catalogue.find((app) => app.namespace === namespace && app.name === name)
