// What the clocks of a time zone show, and when: over the change to and from summer time an hour is left out or comes
// twice. Local times are milliseconds as if they were UTC. Of an undefined zone: the machine's own.

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** The zone's distance from UTC at a moment, in milliseconds. */
export function zoneOffset(at: number, timeZone: string | undefined): number {
  const name = formatter(timeZone)
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value
  const match = /GMT([+-])(\d\d):(\d\d)/.exec(name ?? '')
  if (match === null) return 0
  const distance = Number(match[2]) * hour + Number(match[3]) * minute
  return match[1] === '-' ? -distance : distance
}

/** The moments at which the clocks show `local`, in order: one; two where they were set back, none where they were set on. */
export function momentsAt(local: number, timeZone: string | undefined): readonly number[] {
  const offsets = new Set([offsetBefore(local, timeZone), zoneOffset(local + day, timeZone)])
  return [...offsets]
    .map((offset) => ({ at: local - offset, offset }))
    .filter(({ at, offset }) => zoneOffset(at, timeZone) === offset)
    .map(({ at }) => at)
    .sort((a, b) => a - b)
}

/** The first such moment; of a time that is left out, as if the clocks had not been set: 02:30 is then shown as 03:30. */
export function momentAt(local: number, timeZone: string | undefined): number {
  return momentsAt(local, timeZone)[0] ?? local - offsetBefore(local, timeZone)
}

/** `+02:00`. */
export function offsetText(at: number, timeZone: string | undefined): string {
  const offset = zoneOffset(at, timeZone)
  const [hours, minutes] = [Math.floor(Math.abs(offset) / hour), (Math.abs(offset) % hour) / minute]
  const digits = (count: number) => String(count).padStart(2, '0')
  return `${offset < 0 ? '-' : '+'}${digits(hours)}:${digits(minutes)}`
}

/** Whether the clocks show this time twice. */
export function isDoubled(at: number, timeZone: string | undefined): boolean {
  return momentsAt(at + zoneOffset(at, timeZone), timeZone).length > 1
}

/** No zone is as far as a day from UTC, and none sets its clocks twice within two days. */
const offsetBefore = (local: number, timeZone: string | undefined) => zoneOffset(local - day, timeZone)

// Making a formatter costs more than formatting does.
const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(timeZone: string | undefined): Intl.DateTimeFormat {
  const key = String(timeZone)
  const known = formatters.get(key)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'longOffset', timeZone })
  formatters.set(key, made)
  return made
}
