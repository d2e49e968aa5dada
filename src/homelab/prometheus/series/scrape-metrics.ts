// What Prometheus writes itself about every scrape.
import { always, type Draft, type Family, type Scope, type Value } from './family.ts'
import type { ScrapeTarget } from './scrape-target.ts'

function ofScrapes(name: string, help: string, worth: (target: ScrapeTarget, scope: Scope) => Value): Family {
  return {
    name,
    type: 'gauge',
    help,
    unit: '',
    isPresent: (state) => state !== 'gone',
    *drafts(scope): Iterable<Draft> {
      for (const target of scope.allTargets)
        yield { target, labels: {}, pieces: always(worth(target, scope)) }
    },
  }
}

/** Seconds: longer for what has more to tell, and never twice the same. */
export function scrapeSeconds(target: ScrapeTarget, time: number): number {
  const base = target.job === 'kubelet' || target.job === 'kube-state-metrics' ? 0.04 : 0.008
  return base * (1 + 0.3 * Math.sin(time / 97_000 + target.instance.length + target.path.length))
}

/** About how many series a target of the job gives; only `scrape_samples_*` say it. */
const sizes: Readonly<Record<string, number>> = {
  'node-exporter': 1180,
  'kube-state-metrics': 9400,
  kubelet: 2600,
}
const sizeOf = (target: ScrapeTarget) => sizes[target.job] ?? 620

export const scrapeFamilies: readonly Family[] = [
  ofScrapes(
    'up',
    'Whether the last scrape of the target succeeded.',
    (target, { world }) =>
      (time) =>
        world.scrapeSucceeds(target.job, target.instance, time) ? 1 : 0,
  ),
  ofScrapes(
    'scrape_duration_seconds',
    'How long the scrape took.',
    (target, { world }) =>
      (time) =>
        world.scrapeSucceeds(target.job, target.instance, time) ? scrapeSeconds(target, time) : 10,
  ),
  ofScrapes(
    'scrape_samples_scraped',
    'How many samples the target gave.',
    (target, { world }) =>
      (time) =>
        world.scrapeSucceeds(target.job, target.instance, time) ? sizeOf(target) : 0,
  ),
  ofScrapes(
    'scrape_samples_post_metric_relabeling',
    'How many samples were left after relabelling.',
    (target, { world }) =>
      (time) =>
        world.scrapeSucceeds(target.job, target.instance, time) ? sizeOf(target) : 0,
  ),
  ofScrapes('scrape_series_added', 'How many series were new in the scrape.', () => 0),
]
