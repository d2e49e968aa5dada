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

const modes = screens.flatMap(({ name, bindings, modes = [] }) => [
  [name, [...bindings, ...globalBindings]] as const,
  ...modes.map(
    (mode) =>
      [
        `${name}: ${mode.title}`,
        mode.typing ? mode.bindings : [...mode.bindings, ...bindings, ...globalBindings],
      ] as const,
  ),
])

test.each(modes)('%s binds no key twice', (_, bindings) => {
  const keys = bindings.flatMap((binding): readonly string[] => binding.keys)
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
})
