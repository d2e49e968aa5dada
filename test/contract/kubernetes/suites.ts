// Every suite of the Kubernetes contract, in the order in which they are held against a bed.
import { describeAccess } from './access.ts'
import { describeApply } from './apply.ts'
import { describeAppliedLists } from './apply-lists.ts'
import { describeColumns } from './columns.ts'
import { describeCustom } from './custom.ts'
import { describeDeletes } from './deletes.ts'
import { describeDiscovery } from './discovery.ts'
import { describeDryRuns } from './dry-runs.ts'
import { describeErrors } from './errors.ts'
import { describeExpiry } from './expiry.ts'
import type { MakeBed } from './held.ts'
import { describeLists } from './lists.ts'
import { describeLogs } from './logs.ts'
import { describeObjects } from './objects.ts'
import { describePatches } from './patches.ts'
import { describeProxy } from './proxy.ts'
import { describeRefusals } from './refusals.ts'
import { describeReviews } from './reviews.ts'
import { describeScales } from './scales.ts'
import { describeSelectors } from './selectors.ts'
import { describeStreams } from './streams.ts'
import { describeTables } from './tables.ts'
import { describeWatches } from './watches.ts'
import { describeWrites } from './writes.ts'

export const SUITES: readonly (readonly [about: string, describe: (makeBed: MakeBed) => void])[] = [
  ['discovery', describeDiscovery],
  ['errors', describeErrors],
  ['refusals', describeRefusals],
  ['lists', describeLists],
  ['selectors', describeSelectors],
  ['watches', describeWatches],
  ['writes', describeWrites],
  ['scales', describeScales],
  ['deletes', describeDeletes],
  ['dry runs', describeDryRuns],
  ['patches', describePatches],
  ['apply', describeApply],
  ['applied lists', describeAppliedLists],
  ['custom kinds', describeCustom],
  ['tables', describeTables],
  ['columns', describeColumns],
  ['logs', describeLogs],
  ['streams', describeStreams],
  ['the service proxy', describeProxy],
  ['reviews', describeReviews],
  ['objects through the client', describeObjects],
  ['access through the client', describeAccess],
  // Last: it starts the API server anew.
  ['what is too old', describeExpiry],
]
