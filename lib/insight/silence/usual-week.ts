import { quantile } from "@/lib/base/statistics/quantile"
import { dayAt, instantOf, startOfDay } from "@/lib/base/time/zone-days"
import type { OpenTime } from "@/lib/fleet/stores/open-time"
import type { Span } from "@/lib/fleet/stores/opening-hours"

/**
 * When a terminal usually sends heartbeats: for each weekday, Monday first, a bit for each hour of its
 * store's clock, the lowest for midnight; and how many it sends in such an hour, or more.
 */
export type UsualWeek = { hours: readonly number[]; beatsPerHour: number }

/** What a terminal sent on a day of its store: the hours in which it did, as in `UsualWeek`. */
export type SentDay = { day: number; hours: number; beats: number }

const hourMs = 3_600_000
const dayHours = 24
/** A terminal that is younger has no week of its own. */
const fewestDays = 21
/** An hour that was silent on more of the days is not expected to have a heartbeat. */
const sometimes = 0.2
/** Of a terminal that sends less in an hour, hours say nothing, but days do. */
const seldom = 1.5
/** So many days of a weekday with a heartbeat make it one on which the store is open. */
const mostly = 2 / 3
const usualQuantile = 0.15
/** After so long a silence, all open time counts: what was usual before says nothing any more. */
const forgottenMs = 28 * dayHours * hourMs

/** Monday is 0; 1970-01-01, day 0, was a Thursday. */
export const weekdayNumber = (day: number): number => (((day + 3) % 7) + 7) % 7

/**
 * The instant at which the first hour of a store's day begins. Hours are whole ones of UTC. They are counted
 * from noon, so that on the two days with another clock those of the day, not those of the night, are right.
 */
const firstHour = (zone: string, day: number): number =>
  (Math.floor(instantOf(zone, day, 720) / hourMs) - dayHours / 2) * hourMs

/** A day of 25 hours has a first hour of two, as `hourOf` counts them. */
const startOfFirstHour = (zone: string, day: number): number =>
  Math.min(firstHour(zone, day), startOfDay(zone, day))

/** The day of a store and the hour in it that an instant is counted to. */
export function hourOf(zone: string, at: number): { day: number; hour: number } {
  const day = dayAt(zone, at)
  const hour = Math.floor((at - firstHour(zone, day)) / hourMs)
  return { day, hour: Math.min(Math.max(hour, 0), dayHours - 1) }
}

const has = (hours: number, hour: number): boolean => ((hours >> hour) & 1) === 1
const allHours = Array.from({ length: dayHours }, (_, hour) => hour)
const wholeDay = 2 ** dayHours - 1
const countOf = (hours: number): number => allHours.filter((hour) => has(hours, hour)).length

/**
 * What is usual after some days [first, end), of which `sent` has those with a heartbeat. Whole days without
 * one, such as holidays, do not count where they are few. Null if there are too few days, or none is usual.
 */
export function learnWeek(
  sent: readonly SentDay[],
  { first, end }: { first: number; end: number },
): UsualWeek | null {
  if (end - first < fewestDays) return null
  const beatsPerHour = quantile(
    sent.map((one) => one.beats / countOf(one.hours)),
    usualQuantile,
  )
  if (beatsPerHour === null) return null
  const hours = Array.from({ length: 7 }, (_, weekday) => {
    const untilFirst = (weekday - weekdayNumber(first) + 7) % 7
    const all = Math.ceil((end - first - untilFirst) / 7)
    const days = sent.filter(({ day }) => weekdayNumber(day) === weekday)
    if (days.length < all * mostly) return 0
    if (beatsPerHour < seldom) return wholeDay
    const fewest = days.length * (1 - sometimes)
    return allHours
      .filter((hour) => days.filter((one) => has(one.hours, hour)).length >= fewest)
      .reduce((bits, hour) => bits | (1 << hour), 0)
  })
  return hours.every((bits) => bits === 0) ? null : { hours, beatsPerHour }
}

/** The days on which it is usual that anything comes. */
export const usualDays = ({ hours, beatsPerHour }: UsualWeek): UsualWeek => ({
  beatsPerHour,
  hours: hours.map((bits) => (bits === 0 ? 0 : wholeDay)),
})

/** What is usual for a new terminal in a store: the hours that are usual for most others there. */
export function weekOfStore(weeks: readonly UsualWeek[]): UsualWeek | null {
  const beatsPerHour = quantile(
    weeks.map((week) => week.beatsPerHour),
    0.5,
  )
  const hours = Array.from({ length: 7 }, (_, weekday) =>
    allHours
      .filter((hour) => 2 * weeks.filter((week) => has(week.hours[weekday] ?? 0, hour)).length > weeks.length)
      .reduce((bits, hour) => bits | (1 << hour), 0),
  )
  return beatsPerHour === null || hours.every((bits) => bits === 0) ? null : { hours, beatsPerHour }
}

/**
 * The hours whose neighbours are usual, too. Where opening hours are not known, a store may open or close in
 * the middle of the others.
 */
export const innerHours = ({ hours, beatsPerHour }: UsualWeek): UsualWeek => ({
  beatsPerHour,
  hours: hours.map((bits, weekday) => {
    const before = (bits << 1) | (((hours.at(weekday - 1) ?? 0) >> (dayHours - 1)) & 1)
    const after = (bits >> 1) | (((hours[(weekday + 1) % 7] ?? 0) & 1) << (dayHours - 1))
    return bits & before & after
  }),
})

/** The part of a store's open time in which a terminal usually sends heartbeats. */
export const usualTimeOf = (open: OpenTime, { zone, week }: { zone: string; week: UsualWeek }): OpenTime => ({
  spansFrom: function* (from) {
    const forgotten = from + forgottenMs
    for (const span of open.spansFrom(from)) {
      yield* usualHours(zone, week, { from: span.from, to: Math.min(span.to, forgotten) })
      if (span.to > forgotten) yield { from: Math.max(span.from, forgotten), to: span.to }
    }
  },
})

function* usualHours(zone: string, week: UsualWeek, { from, to }: Span): Generator<Span> {
  let until = from
  for (let day = dayAt(zone, from) - 1; until < to && startOfFirstHour(zone, day) < to; day += 1) {
    const begin = firstHour(zone, day)
    const hours = week.hours[weekdayNumber(day)] ?? 0
    for (const hour of allHours) {
      if (!has(hours, hour)) continue
      const span = {
        from: Math.max(until, hour === 0 ? startOfFirstHour(zone, day) : begin + hour * hourMs),
        to: Math.min(to, begin + (hour + 1) * hourMs),
      }
      if (span.from >= span.to) continue
      until = span.to
      yield span
    }
  }
}
