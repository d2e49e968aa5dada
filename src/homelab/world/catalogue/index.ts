// The whole catalogue of applications.
import { data } from './data.ts'
import { household } from './household.ts'
import { neighbours } from './neighbours.ts'
import { observability } from './observability.ts'
import { platform } from './platform.ts'
import type { App } from './shapes.ts'
import { shop } from './shop.ts'

export const catalogue: readonly App[] = [
  ...platform,
  ...neighbours,
  ...observability,
  ...shop,
  ...household,
  ...data,
]
