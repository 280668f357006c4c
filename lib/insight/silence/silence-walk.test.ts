import fc from "fast-check"
import { DateTime } from "luxon"
import { expect, test } from "vitest"
import { addDays } from "@/lib/base/time/zone"
import { openTimeOf } from "@/lib/fleet/stores/open-time"
import { closedFrom, openSpans, type Calendar, type Span } from "@/lib/fleet/stores/opening-hours"
import { weekdays } from "@/lib/fleet/stores/words"
import type { OnlineState } from "@/lib/fleet/terminals/words"
import { nextStepAt, silencePlan, stepAt } from "@/lib/insight/silence/silence-plan"
import type { UsualWeek } from "@/lib/insight/silence/usual-week"

const minute = 60_000
const horizonMinutes = 5 * 24 * 60

/** Zones with a day near which their clocks change, by an hour, half an hour, at night or at midnight. */
const zonesAndDays = [
  ["Asia/Shanghai", "2026-11-25"],
  ["Asia/Kathmandu", "2026-11-25"],
  ["Europe/Berlin", "2026-03-29"],
  ["Europe/Berlin", "2026-10-25"],
  ["America/New_York", "2026-11-01"],
  ["Australia/Lord_Howe", "2026-10-04"],
  ["Australia/Lord_Howe", "2026-04-05"],
  ["Africa/Cairo", "2026-04-24"],
  ["America/Santiago", "2026-09-06"],
] as const

const clock = fc
  .integer({ min: 0, max: 96 })
  .map(
    (quarter) => `${String(Math.floor(quarter / 4)).padStart(2, "0")}:${`0${(quarter % 4) * 15}`.slice(-2)}`,
  )
const spans = fc.oneof(
  { weight: 3, arbitrary: fc.array(fc.tuple(clock, clock), { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constant<[string, string][]>([["00:00", "24:00"]]) },
)
const week = fc.record(Object.fromEntries(weekdays.map((day) => [day, spans])), { requiredKeys: [] })

const calendarOf = (zone: string, near: string): fc.Arbitrary<Calendar> =>
  fc.record({
    zone: fc.constant(zone),
    hours: fc.option(week, { freq: 6 }),
    exceptions: fc
      .array(fc.tuple(fc.integer({ min: -2, max: 3 }), spans), { maxLength: 3 })
      .map((days) => Object.fromEntries(days.map(([offset, hours]) => [addDays(near, offset), hours]))),
    closedOn: fc.option(
      fc.integer({ min: -1, max: 4 }).map((offset) => addDays(near, offset)),
      { freq: 5 },
    ),
  })

/** Outages of an hour or more, in order and apart, in minutes after the last heartbeat. */
const outages = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 1500 }), fc.integer({ min: 60, max: 900 })), { maxLength: 3 })
  .map((pairs) => {
    let end = 0
    return pairs.map(([pause, length]) => {
      const from = end + pause
      end = from + length
      return { from, to: end }
    })
  })

const bits = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(0, 0xffffff, 0x1ffe00) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 0xffffff }) },
)
const usualWeek: fc.Arbitrary<UsualWeek> = fc.record({
  hours: fc.array(bits, { minLength: 7, maxLength: 7 }),
  beatsPerHour: fc.constantFrom(58, 11.5, 3.6, 2),
})

type Story = {
  beatAt: number
  intervalSeconds: number | null
  week: UsualWeek | null
  calendar: Calendar
  /** From this minute on, the store has another calendar. */
  changesAt: number
  changed: Calendar
  outages: Span[]
}

const story: fc.Arbitrary<Story> = fc.constantFrom(...zonesAndDays).chain(([zone, near]) =>
  fc
    .record({
      minutes: fc.integer({ min: -1440, max: 1440 }),
      intervalSeconds: fc.option(fc.constantFrom(60, 120, 300, 900, 1800, 3600, 14_400), { freq: 5 }),
      week: fc.option(usualWeek, { freq: 1 }),
      calendar: calendarOf(zone, near),
      changesAt: fc.integer({ min: 1, max: horizonMinutes }),
      changed: calendarOf(zone, near),
      outages,
    })
    .map(({ minutes, ...rest }) => ({ ...rest, beatAt: Date.parse(`${near}T00:00:00Z`) + minutes * minute })),
)

const calendarAt = ({ calendar, changesAt, changed }: Story, at: number) =>
  at < changesAt ? calendar : changed
const isOutageKnown = (at: number) => (outage: Span) => outage.from + 60 <= at && at < outage.to

/**
 * Whether a minute lies in an hour of the week that is usual, as the clock of its zone shows at noon. Without
 * known opening hours, the hours before and after must be usual, too.
 */
function isUsual({ hours }: UsualWeek, { zone, hours: known }: Calendar, at: number): boolean {
  const isExpected = (place: number) => {
    const ring = (place + 168) % 168
    return (((hours[Math.floor(ring / 24)] ?? 0) >> (ring % 24)) & 1) === 1
  }
  const today = DateTime.fromMillis(at, { zone }).startOf("day")
  return [-1, 0, 1].some((offset) => {
    const noon = today.plus({ days: offset }).set({ hour: 12 })
    const beforeNoon = Math.floor(noon.toMillis() / (60 * minute)) - Math.floor(at / (60 * minute))
    // The first hour of a day of 25 hours takes two.
    const hour = offset === 0 && beforeNoon === 13 ? 0 : 12 - beforeNoon
    const place = (noon.weekday - 1) * 24 + hour
    const around = known === null ? [place - 1, place, place + 1] : [place]
    return hour >= 0 && hour < 24 && around.every(isExpected)
  })
}

/** How many of the minutes since the heartbeat were open and usual, at each minute. */
function openMinutes(calendar: Calendar, beatAt: number, week: UsualWeek | null): number[] {
  const open = new Uint8Array(horizonMinutes).fill(calendar.hours ? 0 : 1)
  for (const { from, to } of openSpans(calendar, beatAt, beatAt + horizonMinutes * minute))
    open.fill(1, (from - beatAt) / minute, (to - beatAt) / minute)
  if (week)
    for (let at = 0; at < horizonMinutes; at += 1)
      if (open[at] && !isUsual(week, calendar, beatAt + at * minute)) open[at] = 0
  let passed = 0
  return [...open].map((isOpen) => (passed += isOpen) - isOpen)
}

/** The state at each minute, from a count of the open minutes before it. */
function walk(given: Story): OnlineState[] {
  const { beatAt, outages: gaps, intervalSeconds } = given
  const own = intervalSeconds ?? 900
  const week = own > 1800 ? null : given.week
  const interval = week ? Math.max(own, 3600 / week.beatsPerHour) : own
  const [before, after] = [given.calendar, given.changed].map((calendar) => ({
    openUpTo: openMinutes(calendar, beatAt, week),
    hasHours: week !== null || calendar.hours !== null,
    closesAt: closedFrom(calendar),
  }))
  return Array.from({ length: horizonMinutes }, (_, at): OnlineState => {
    const store = at < given.changesAt ? before : after
    const countUpTo = (end: number) => store?.openUpTo[end] ?? 0
    const lost = gaps
      .filter(({ to }) => to <= at)
      .reduce((total, { from, to }) => total + countUpTo(to) - countUpTo(from), 0)
    const silent = (countUpTo(at) - lost) * 60
    if (gaps.some(isOutageKnown(at)) || (store && store.closesAt <= beatAt + at * minute)) return "unknown"
    if (silent >= Math.max(store?.hasHours ? 7200 : 86_400, 4 * interval)) return "offline"
    if (store?.hasHours && silent >= Math.max(600, 4 * interval)) return "suspect"
    return silent >= Math.max(60, 2 * interval) ? "late" : "online"
  })
}

/** The state at each minute by deadlines: it changes when a deadline is due or something is restated. */
function byDeadline(given: Story): { states: OnlineState[]; plans: number } {
  const { beatAt, intervalSeconds, outages: gaps } = given
  const restatedAt = new Set([0, given.changesAt, ...gaps.flatMap(({ from, to }) => [from + 60, to])])
  let state: OnlineState = "online"
  let next: number | null = null
  let plans = 0
  const states = Array.from({ length: horizonMinutes }, (_, at) => {
    const now = beatAt + at * minute
    if (!restatedAt.has(at) && (next === null || now < next)) return state
    if (gaps.some(isOutageKnown(at))) {
      next = null
      return (state = "unknown")
    }
    const calendar = calendarAt(given, at)
    const excluded = gaps
      .filter(({ to }) => to <= at)
      .map(({ from, to }) => ({ from: beatAt + from * minute, to: beatAt + to * minute }))
    const plan = silencePlan({
      lastSignAt: beatAt,
      intervalSeconds,
      week: given.week,
      zone: calendar.zone,
      open: openTimeOf(calendar, excluded),
      hasHours: calendar.hours !== null,
      closesAt: closedFrom(calendar),
    })
    plans += 1
    next = nextStepAt(plan, now)
    return (state = stepAt(plan, now)?.state ?? "online")
  })
  return { states, plans }
}

/** Equal neighbours as one: what differs is then short. */
const changesOf = (states: OnlineState[]) =>
  states.flatMap((state, at) => (at === 0 || states[at - 1] !== state ? [`${at} ${state}`] : []))

test("states by deadline are those of a walk minute by minute", () => {
  fc.assert(
    fc.property(story, (given) => {
      const { states, plans } = byDeadline(given)
      expect(changesOf(states)).toEqual(changesOf(walk(given)))
      // A deadline that is due changes the state, so hardly any plan is made in vain.
      expect(plans).toBeLessThan(20)
    }),
    { numRuns: 120 },
  )
})
