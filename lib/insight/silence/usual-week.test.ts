import { describe, expect, test } from "vitest"
import { numberOf } from "@/lib/base/time/zone-days"
import {
  hourOf,
  learnWeek,
  usualTimeOf,
  weekdayNumber,
  weekOfStore,
  type SentDay,
  type UsualWeek,
} from "@/lib/insight/silence/usual-week"

const hour = 3_600_000
const bits = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => 1 << (from + i)).reduce((sum, bit) => sum | bit, 0)
/** A Monday. */
const first = numberOf("2026-09-28")

/** Days from 9 to 21 o'clock with four heartbeats an hour, without Sundays; `change` makes some different. */
function sentIn(weeks: number, change: (day: number, sent: SentDay) => SentDay | null = (_, sent) => sent) {
  const end = first + 7 * weeks
  const days = Array.from({ length: end - first }, (_, i) => first + i)
    .filter((day) => weekdayNumber(day) !== 6)
    .flatMap((day) => change(day - first, { day, hours: bits(9, 21), beats: 48 }) ?? [])
  return learnWeek(days, { first, end })
}
const usual: UsualWeek = { hours: [...Array<number>(6).fill(bits(9, 21)), 0], beatsPerHour: 4 }

describe("the usual week", () => {
  test("has the hours in which heartbeats came", () => {
    expect(sentIn(3)).toEqual(usual)
    expect(sentIn(8)).toEqual(usual)
  })

  test("is not known after less than three weeks", () => expect(sentIn(2)).toBeNull())

  test("does not have hours that are sometimes silent", () => {
    // Every other Tuesday closes at 18 o'clock.
    const week = sentIn(8, (day, sent) => (day % 14 === 1 ? { ...sent, hours: bits(9, 18) } : sent))
    expect(week?.hours).toEqual(usual.hours.map((all, weekday) => (weekday === 1 ? bits(9, 18) : all)))
  })

  test("bears a holiday, one late opening, and an outage", () => {
    const week = sentIn(8, (day, sent) => {
      if (day === 2) return null
      return day === 10 ? { ...sent, hours: bits(11, 21), beats: 40 } : sent
    })
    expect(week).toEqual(usual)
  })

  test("does not have a weekday on which the store is closed now and then", () => {
    expect(sentIn(8, (day, sent) => (day % 14 === 2 ? null : sent))?.hours[2]).toBe(0)
  })

  test("expects as many heartbeats as come on nearly all days", () => {
    expect(sentIn(8, (day, sent) => (day % 5 === 0 ? { ...sent, beats: 36 } : sent))?.beatsPerHour).toBe(3)
  })

  test("of a terminal that sends every four hours has whole days", () => {
    const week = sentIn(8, (day, sent) => ({ ...sent, hours: bits(9 + (day % 4), 10 + (day % 4)), beats: 1 }))
    expect(week?.hours).toEqual([...Array<number>(6).fill(bits(0, 24)), 0])
  })

  test("of a store is that of most of its terminals", () => {
    const late = { hours: Array<number>(7).fill(bits(12, 24)), beatsPerHour: 12 }
    expect(weekOfStore([usual, usual, late])).toEqual({ hours: usual.hours, beatsPerHour: 4 })
    expect(weekOfStore([])).toBeNull()
  })
})

describe("the hours of a day", () => {
  const always = {
    spansFrom: function* (from: number) {
      yield { from, to: Infinity }
    },
  }

  test.each([
    ["Europe/Berlin", "2026-03-29T07:30:00Z", 9],
    ["Europe/Berlin", "2026-10-25T08:30:00Z", 9],
    ["America/New_York", "2026-11-01T14:30:00Z", 9],
    ["Asia/Shanghai", "2026-11-25T01:30:00Z", 9],
    ["Asia/Kathmandu", "2026-11-25T04:00:00Z", 10],
  ])("are those of its clock, also when it has changed in the night: %s, %s", (zone, at, expected) => {
    expect(hourOf(zone, Date.parse(at)).hour).toBe(expected)
  })

  test.each(["2026-03-28", "2026-10-24"])("open at nine on both days around a change of the clock", (day) => {
    const week = { hours: Array<number>(7).fill(1 << 9), beatsPerHour: 4 }
    const from = Date.parse(`${day}T00:00:00Z`)
    const [one, two] = usualTimeOf(always, { zone: "Europe/Berlin", week }).spansFrom(from)
    const clock = new Intl.DateTimeFormat("en", { timeZone: "Europe/Berlin", hour: "numeric", hour12: false })
    expect([one, two].map((span) => clock.format(span?.from))).toEqual(["09", "09"])
    expect((one?.to ?? 0) - (one?.from ?? 0)).toBe(hour)
  })

  test("are 24 on a day of 25, whose first one takes two", () => {
    const week = { hours: Array<number>(7).fill(1), beatsPerHour: 4 }
    const from = Date.parse("2026-10-24T12:00Z")
    const [midnight] = usualTimeOf(always, { zone: "Europe/Berlin", week }).spansFrom(from)
    expect(midnight).toEqual({
      from: Date.parse("2026-10-24T22:00Z"),
      to: Date.parse("2026-10-25T00:00Z"),
    })
  })
})
