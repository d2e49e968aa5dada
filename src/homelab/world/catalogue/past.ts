// What happened in the two weeks before the homelab was opened: revisions, releases, restarts, one reboot.
import type { PastChange } from './shapes.ts'

const HOUR = 60
const DAY = 24 * HOUR

/** Each `images` entry names the app and its image's tag before the change; after it comes the catalogue's own. */
export const past: readonly PastChange[] = [
  {
    ago: 12 * DAY + 3 * HOUR,
    what: {
      type: 'revision',
      ks: 'home',
      title: 'feat(home): move node-red to 4.1.2',
      images: { 'home/node-red': '4.1.1' },
    },
  },
  {
    ago: 11 * DAY + 7 * HOUR,
    what: {
      type: 'release',
      hr: 'trivy-operator',
      version: '0.33.2',
      app: '0.31.1',
      images: { 'trivy-system/trivy-operator': '0.31.1' },
    },
  },
  { ago: 9 * DAY + 2 * HOUR, what: { type: 'reboot', node: 'nuc-2' } },
  {
    ago: 8 * DAY + 5 * HOUR,
    what: {
      type: 'revision',
      ks: 'apps',
      title: 'chore(shop): catalog 4.4.1',
      images: { 'shop/catalog': '4.4.0' },
    },
  },
  {
    ago: 7 * DAY + 11 * HOUR,
    what: { type: 'restart', pod: 'ml/notebook-ben-0', reason: 'OOMKilled', exitCode: 137 },
  },
  {
    ago: 6 * DAY + 4 * HOUR,
    what: {
      type: 'release',
      hr: 'grafana-operator',
      version: '5.23.0',
      app: 'v5.23.0',
      images: { 'observability/grafana-operator': 'v5.23.0' },
    },
  },
  {
    ago: 5 * DAY + 9 * HOUR,
    what: {
      type: 'revision',
      ks: 'ml',
      title: 'feat(ml): vllm 0.13.2',
      images: { 'ml/llm-serving': 'v0.13.1' },
    },
  },
  {
    ago: 4 * DAY + 6 * HOUR,
    what: {
      type: 'revision',
      ks: 'apps',
      title: 'feat(shop): frontend 2.14.0',
      images: { 'shop/frontend': '2.13.4' },
    },
  },
  {
    ago: 3 * DAY + 8 * HOUR,
    what: { type: 'restart', pod: 'home/zigbee2mqtt-0', reason: 'Error', exitCode: 1 },
  },
  {
    ago: 2 * DAY + 10 * HOUR,
    what: {
      type: 'revision',
      ks: 'media',
      title: 'fix(media): transcode 1.6.0',
      images: { 'media/transcode': '1.5.9' },
    },
  },
  {
    ago: 31 * HOUR,
    what: { type: 'revision', ks: 'apps', title: 'fix(shop): cart 1.8.3', images: { 'shop/cart': '1.8.2' } },
  },
  { ago: 22 * HOUR, what: { type: 'restart', pod: 'media/jellyfin-0', reason: 'Error', exitCode: 139 } },
  { ago: 9 * HOUR, what: { type: 'revision', ks: 'infra', title: 'docs: cabling of the rack', images: {} } },
  {
    ago: 2 * HOUR + 5,
    what: {
      type: 'release',
      hr: 'cilium',
      version: '1.20.0',
      app: '1.20.0',
      images: {
        'kube-system/cilium': 'v1.20.0',
        'kube-system/cilium-operator': 'v1.20.0',
        'kube-system/hubble-relay': 'v1.20.0',
      },
    },
  },
]
