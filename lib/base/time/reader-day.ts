// Days of the reader's calendar, as date fields use them.

/** Whether a parameter of an address is a day. */
export const isDay = (text: string | null): text is string =>
  text !== null && !Number.isNaN(Date.parse(`${text}T00:00:00`))

export const startOfDay = (day: string): string => new Date(`${day}T00:00:00`).toISOString()

export function startOfNextDay(day: string): string {
  const next = new Date(`${day}T00:00:00`)
  next.setDate(next.getDate() + 1)
  return next.toISOString()
}

/** The last second of a day. Null for an empty field. */
export const endOfDay = (day: string): string | null =>
  day === "" ? null : new Date(`${day}T23:59:59`).toISOString()

export function dayOf(instant: Date): string {
  const two = (value: number) => String(value).padStart(2, "0")
  return `${instant.getFullYear()}-${two(instant.getMonth() + 1)}-${two(instant.getDate())}`
}
