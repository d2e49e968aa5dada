// What the command line offers is what the cockpit has; and no screen binds a key twice.
import { expect, test } from 'vitest'
import { screenNamed, screenNames } from '#model/screen-names.ts'
import { globalBindings } from '#screens/cockpit/keys.ts'
import { screens } from '#screens/registry.ts'

test('the screens by name are those of the cockpit', () => {
  const outer = screens.filter((screen) => !screen.inner)
  expect(outer.map((screen) => screen.name)).toEqual(Object.keys(screenNames))
  for (const screen of outer)
    expect(screen.aliases).toEqual(screenNames[screenNamed(screen.name) ?? 'overview'])
})

test.each(screens.map((screen) => [screen.name, screen] as const))('%s binds no key twice', (_, screen) => {
  const keys = [...screen.bindings, ...globalBindings].flatMap((binding): readonly string[] => binding.keys)
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
})
