// An object as YAML, the way the API server has it; what managed fields say is left out, Secret values never come.
import { lazy } from 'react'
import { pagerBindings } from '#screens/pager/keys.ts'
import type { ScreenDef } from '#screens/screen.ts'
import { yamlBindings } from './keys.ts'

export const yamlScreen: ScreenDef = {
  name: 'yaml',
  inner: true,
  aliases: [],
  title: 'yaml',
  help: 'an object as YAML',
  Screen: lazy(async () => ({ default: (await import('./YamlScreen.tsx')).YamlScreen })),
  bindings: [...yamlBindings, ...pagerBindings],
}
