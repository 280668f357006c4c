// Days of the reader's time zone, as date fields use them. Without luxon, so that screens need not load it.

const secondMs = 1_000

/** Whether a parameter of an address is a day. */
export const isDay = (text: string | null): text is string =>
  text !== null && !Number.isNaN(Date.parse(`${text}T00:00:00Z`))

/** The zone's clock at an instant, as if it were UTC. */
const clockOf = (zone: string, at: number): number =>
  Date.parse(`${new Date(at).toLocaleString("sv-SE", { timeZone: zone }).replace(" ", "T")}Z`)

const offsetOf = (zone: string, at: number): number =>
  clockOf(zone, at) - Math.floor(at / secondMs) * secondMs

/** Whether two zones show the same time. */
export const isSameClock = (zone: string, other: string, at: Date): boolean =>
  clockOf(zone, at.getTime()) === clockOf(other, at.getTime())

function startMs(day: string, zone: string): number {
  const midnight = Date.parse(`${day}T00:00:00Z`)
  const guess = offsetOf(zone, midnight)
  const offset = offsetOf(zone, midnight - guess)
  if (offset === guess) return midnight - offset
  const last = offsetOf(zone, midnight - offset)
  // Where clocks skip midnight, the day begins when they do.
  return midnight - (last === offset ? offset : Math.min(offset, last))
}

export const startOfDay = (day: string, zone: string): string => new Date(startMs(day, zone)).toISOString()

/** The day after a day. */
export const nextDay = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

export const startOfNextDay = (day: string, zone: string): string => startOfDay(nextDay(day), zone)

/** The last second of a day. Null for an empty field. */
export const endOfDay = (day: string, zone: string): string | null =>
  day === "" ? null : new Date(startMs(nextDay(day), zone) - secondMs).toISOString()

export const dayOf = (instant: Date, zone: string): string =>
  new Date(clockOf(zone, instant.getTime())).toISOString().slice(0, 10)
