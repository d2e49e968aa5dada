// One object in detail, as the registry knows it.
import { lazy } from 'react'
import { pagerBindings } from '#screens/pager/keys.ts'
import type { ScreenDef } from '#screens/screen.ts'
import { podBindings } from './keys.ts'

export const detailScreen: ScreenDef = {
  name: 'detail',
  inner: true,
  aliases: [],
  title: 'detail',
  help: 'one object: conditions, pods, containers, events, owner',
  Screen: lazy(async () => ({ default: (await import('./DetailScreen.tsx')).DetailScreen })),
  bindings: [...podBindings, ...pagerBindings],
}
