// The detail of one object on a deck that has its pods and events among those of everything else.
import { detailOf } from '#screens/places.ts'
import type { FakeDeck } from '#test/ui/fake-deck.ts'
import type { Broken } from './broken-workloads.ts'
import { refOf } from './objects.ts'
import * as rows from './rows.ts'
import { type Place, type Run, run } from './running.ts'

function put(deck: FakeDeck, { object, own, pods, events }: Broken): void {
  const ref = refOf(object)
  const key = `${ref.kind} ${ref.namespace ?? ''}/${ref.name}`
  deck.object(ref)
  deck.objects.get(key)?.set(rows.known(object))
  deck.eventsAbout(ref)
  deck.abouts.get(key)?.set(rows.rowsOf(own))
  // Among those of everything else.
  deck.pods.set(rows.rowsOf([...rows.pods.slice(5), ...pods]))
  deck.events.set(rows.rowsOf([...rows.eventRows.slice(2), ...own, ...events]))
}

export const open = (
  one: Broken,
  set: (deck: FakeDeck) => void = () => {},
  place: Partial<Place> = {},
): Promise<Run> =>
  run({ screen: 'detail', args: detailOf(refOf(one.object)).args, ...place }, (deck) => {
    put(deck, one)
    set(deck)
  })

/** The lines under a heading, up to the next one. */
export function section(text: string, name: string): string {
  const lines = text.split('\n').map((line) => line.trimEnd())
  const start = lines.findIndex((line) => line === ` ${name}` || line.startsWith(` ${name} (`))
  const end = lines.findIndex((line, index) => index > start && line === '')
  return lines.slice(start + 1, end).join('\n')
}
