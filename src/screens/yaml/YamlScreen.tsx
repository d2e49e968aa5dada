// The text of an object as YAML; loaded with the library that writes it when one is first shown.
import { type ReactNode, useMemo } from 'react'
import type { KubeObject } from '#model/kube.ts'
import type { TextLine } from '#screens/pager/lines.ts'
import { Pager } from '#screens/pager/Pager.tsx'
import { refOfArgs } from '#screens/places.ts'
import type { ScreenProps } from '#screens/screen.ts'
import { missing, stale } from '#ui/notice.ts'
import { printYaml } from '#ui/print/yaml.ts'
import { clean } from '#ui/text.ts'
import { useFeed } from '#ui/useFeed.ts'
import { yamlBindings } from './keys.ts'

export function YamlScreen(screen: ScreenProps): ReactNode {
  const { deck, theme, args, copy } = screen
  const ref = useMemo(() => refOfArgs(args), [args])
  const feed = useMemo(() => deck.object(ref), [deck, ref])
  const reading = useFeed(feed)
  const object = reading.data
  const text = useMemo(() => (object === undefined ? '' : yamlOf(object)), [object])
  const lines = useMemo(() => yamlLines(text), [text])
  const none = missing(reading, `${ref.kind} ${ref.name}`, theme)
  return (
    <Pager
      screen={screen}
      title={`yaml · ${clean(ref.kind)} ${ref.namespace ? `${clean(ref.namespace)}/` : ''}${clean(ref.name)}`}
      remarks={() => stale(reading, deck.now.get()) ?? ''}
      lines={none ? [{ text: none.text, role: none.role }] : lines}
      start={{ follow: false, wrapped: true }}
      keys={{ title: 'yaml', bindings: yamlBindings, run: () => copy(text) }}
    />
  )
}

function yamlOf(object: KubeObject): string {
  const { managedFields: _, ...metadata } = object.metadata
  return printYaml({ ...object, metadata })
}

/** Keys are dim, so that the values are read first. */
function yamlLines(text: string): readonly TextLine[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const key = /^(\s*(?:- )?[\w./-]+:)( .*)?$/.exec(line)
      if (key?.[2] === undefined) return { text: clean(line), ...(key && { role: 'dim' as const }) }
      return { text: clean(key[2]), head: clean(key[1] ?? ''), headRole: 'dim' as const }
    })
}
