// The settings of `obsdeck demo`: those of a person's own cluster do not reach the homelab.
import { expect, test } from 'vitest'
import type { CommandCall } from '#commands/command.ts'
import { demo, onHomelab } from '#commands/demo.ts'
import { findSettings, typeSettings } from '#commands/settings.ts'

const values = {
  context: 'work',
  namespace: 'team',
  'prometheus-url': 'http://prometheus.example:9090',
  range: '6h',
}

function used(flags: CommandCall['flags']) {
  const settings = typeSettings(findSettings({ flags, env: {}, file: { path: 'f', values } }), flags, {}, 0)
  return onHomelab({ settings, flags }, '/tmp/homelab/kubeconfig')
}

test('its kubeconfig takes the place of the usual one, and nothing that belonged to that is left', () => {
  const settings = used({})
  expect(settings).toMatchObject({ kubeconfig: '/tmp/homelab/kubeconfig', range: { span: 21_600_000 } })
  for (const name of ['context', 'namespace', 'prometheusUrl']) expect(settings).not.toHaveProperty(name)
})

test('what is typed for this run is meant for the homelab', () => {
  const flags = { namespace: 'shop', context: 'homelab' }
  expect(used(flags)).toMatchObject(flags)
})

test('--detach alone is not passed over', async () => {
  const call = { flags: { detach: true } } as unknown as CommandCall
  await expect(demo.run(call)).rejects.toThrow('--detach goes with --serve')
})
