// The version that an image brings.
import { expect, test } from 'vitest'
import { versionAfter, withImage } from '#homelab/world/build/version.ts'

test.each([
  ['3.2.0', 'ghcr.io/a/checkout:3.2.0', 'ghcr.io/a/checkout:3.3.0', '3.3.0'],
  ['2.4.1', 'a/photos:v2.4.1', 'a/photos:v2.5.0', '2.5.0'],
  ['v1.9.0', 'a/gateway:v1.9.0', 'a/gateway:v1.9.1', 'v1.9.1'],
  ['8.4.0', 'redis:8.4.0-alpine', 'redis:8.6.0-alpine', '8.6.0'],
  ['3.2.0', 'localhost:5000/checkout:3.2.0@sha256:ab', 'localhost:5000/checkout:3.3.0@sha256:cd', '3.3.0'],
  // These tell no version, or another thing's.
  ['8.4.0', 'redis:8.4.0-alpine', 'redis:8.6.0', '8.4.0'],
  ['1.12.0', 'a/registrar:v2.15.0', 'a/registrar:v2.16.0', '1.12.0'],
  ['3.2.0', 'a/checkout:3.2.0', 'localhost:5000/checkout', '3.2.0'],
  ['', 'a/checkout:3.2.0', 'a/checkout:3.3.0', ''],
])('%s with %s, then %s: %s', (version, before, after, told) => {
  expect(versionAfter(version, before, after)).toBe(told)
})

test('labels and environment follow the image; nothing else changes', () => {
  const env = (version: string) => [
    { name: 'TZ', value: 'Europe/Berlin' },
    { name: 'OTEL_RESOURCE_ATTRIBUTES', value: `service.namespace=shop,service.version=${version},x=y` },
  ]
  const template = (tag: string, version: string) => ({
    metadata: { labels: { app: 'checkout', 'app.kubernetes.io/version': version } },
    spec: {
      containers: [
        { name: 'checkout', image: `a/checkout:${tag}`, env: env(version) },
        { name: 'proxy', image: 'a/proxy:1' },
      ],
    },
  })
  expect(withImage(template('3.2.0', '3.2.0'), 'a/checkout:3.3.0')).toEqual(template('3.3.0', '3.3.0'))
  expect(withImage(template('latest', '3.2.0'), 'a/checkout:edge')).toEqual(template('edge', '3.2.0'))
})
