import { openTimeOf } from "@/lib/fleet/stores/open-time"
import type { Calendar } from "@/lib/fleet/stores/opening-hours"
import { weekdays } from "@/lib/fleet/stores/words"
import type { TerminalFacts } from "@/lib/insight/flags/facts"
import { healthy } from "@/tests/support/terminal-facts"

/** What rules wait for, from the moment in which something goes wrong. */
export const waits = [
  "nothing",
  "twoOpenHours",
  "threeHours",
  "fourOpenHours",
  "halfADay",
  "afterClosing",
  "nextDay",
  "opening",
] as const
export type Wait = (typeof waits)[number]

/** A store and a moment. The instants are worked out by hand. */
export type Scene = {
  calendar: Calendar
  begins: number
  /** When a terminal was last up that is not up when the store opens next. */
  lastUp: number
  due: Record<Wait, number>
}

type Hours = { zone: string; hours: [string, string]; closed?: readonly string[] }
type Written = { begins: string; lastUp: string } & Record<Exclude<Wait, "nothing">, string>

function sceneOf({ zone, hours, closed = [] }: Hours, { begins, lastUp, ...due }: Written): Scene {
  const at = Date.parse
  return {
    calendar: {
      zone,
      hours: Object.fromEntries(weekdays.map((day) => [day, [hours]])),
      exceptions: Object.fromEntries(closed.map((day) => [day, []])),
      closedOn: null,
    },
    begins: at(begins),
    lastUp: at(lastUp),
    due: {
      nothing: at(begins),
      twoOpenHours: at(due.twoOpenHours),
      threeHours: at(due.threeHours),
      fourOpenHours: at(due.fourOpenHours),
      halfADay: at(due.halfADay),
      afterClosing: at(due.afterClosing),
      nextDay: at(due.nextDay),
      opening: at(due.opening),
    },
  }
}

const bar: [string, string] = ["18:00", "06:00"]
const shop: [string, string] = ["09:00", "18:00"]
const christmas = ["2026-12-25", "2026-12-26"]

/** A night without another clock. */
const nightIn = (zone: string, offset: string) =>
  sceneOf(
    { zone, hours: bar },
    {
      begins: `2026-10-25T00:30${offset}`,
      lastUp: `2026-10-25T06:00${offset}`,
      twoOpenHours: `2026-10-25T02:30${offset}`,
      threeHours: `2026-10-25T03:30${offset}`,
      fourOpenHours: `2026-10-25T04:30${offset}`,
      halfADay: `2026-10-25T12:30${offset}`,
      afterClosing: `2026-10-25T14:00${offset}`,
      nextDay: `2026-10-26T00:00${offset}`,
      opening: `2026-10-25T18:30${offset}`,
    },
  )
export const usualNight = nightIn("Asia/Shanghai", "+08:00")
const sameNightInNewYork = nightIn("America/New_York", "-04:00")

const backInBerlin = sceneOf(
  { zone: "Europe/Berlin", hours: bar },
  {
    begins: "2026-10-25T00:30+02:00",
    lastUp: "2026-10-25T06:00+01:00",
    twoOpenHours: "2026-10-25T02:30+02:00",
    threeHours: "2026-10-25T02:30+01:00",
    fourOpenHours: "2026-10-25T03:30+01:00",
    halfADay: "2026-10-25T11:30+01:00",
    afterClosing: "2026-10-25T14:00+01:00",
    nextDay: "2026-10-26T00:00+01:00",
    opening: "2026-10-25T18:30+01:00",
  },
)

/** Nights and days on which other rules hold for time, by name. */
export const scenes: Record<string, Scene> = {
  "a usual night": usualNight,
  "the night in which clocks go forward in Berlin": sceneOf(
    { zone: "Europe/Berlin", hours: bar },
    {
      begins: "2026-03-29T00:30+01:00",
      lastUp: "2026-03-29T06:00+02:00",
      twoOpenHours: "2026-03-29T03:30+02:00",
      threeHours: "2026-03-29T04:30+02:00",
      fourOpenHours: "2026-03-29T05:30+02:00",
      halfADay: "2026-03-29T13:30+02:00",
      afterClosing: "2026-03-29T14:00+02:00",
      nextDay: "2026-03-30T00:00+02:00",
      opening: "2026-03-29T18:30+02:00",
    },
  ),
  "the night in which clocks go back in Berlin": backInBerlin,
  "the night in which clocks go forward in New York": sceneOf(
    { zone: "America/New_York", hours: bar },
    {
      begins: "2026-03-08T00:30-05:00",
      lastUp: "2026-03-08T06:00-04:00",
      twoOpenHours: "2026-03-08T03:30-04:00",
      threeHours: "2026-03-08T04:30-04:00",
      fourOpenHours: "2026-03-08T05:30-04:00",
      halfADay: "2026-03-08T13:30-04:00",
      afterClosing: "2026-03-08T14:00-04:00",
      nextDay: "2026-03-09T00:00-04:00",
      opening: "2026-03-08T18:30-04:00",
    },
  ),
  "the night in which clocks go back in New York": sceneOf(
    { zone: "America/New_York", hours: bar },
    {
      begins: "2026-11-01T00:30-04:00",
      lastUp: "2026-11-01T06:00-05:00",
      twoOpenHours: "2026-11-01T01:30-05:00",
      threeHours: "2026-11-01T02:30-05:00",
      fourOpenHours: "2026-11-01T03:30-05:00",
      halfADay: "2026-11-01T11:30-05:00",
      afterClosing: "2026-11-01T14:00-05:00",
      nextDay: "2026-11-02T00:00-05:00",
      opening: "2026-11-01T18:30-05:00",
    },
  ),
  "the evening before two holidays": sceneOf(
    { zone: "Europe/Berlin", hours: shop, closed: christmas },
    {
      begins: "2026-12-24T17:00+01:00",
      lastUp: "2026-12-24T18:00+01:00",
      twoOpenHours: "2026-12-27T10:00+01:00",
      threeHours: "2026-12-24T20:00+01:00",
      fourOpenHours: "2026-12-27T12:00+01:00",
      halfADay: "2026-12-25T05:00+01:00",
      afterClosing: "2026-12-25T02:00+01:00",
      nextDay: "2026-12-25T00:00+01:00",
      opening: "2026-12-27T09:30+01:00",
    },
  ),
  "a holiday before another": sceneOf(
    { zone: "Europe/Berlin", hours: shop, closed: christmas },
    {
      begins: "2026-12-25T12:00+01:00",
      lastUp: "2026-12-25T12:00+01:00",
      twoOpenHours: "2026-12-27T11:00+01:00",
      threeHours: "2026-12-25T15:00+01:00",
      fourOpenHours: "2026-12-27T13:00+01:00",
      halfADay: "2026-12-26T00:00+01:00",
      afterClosing: "2026-12-28T02:00+01:00",
      nextDay: "2026-12-26T00:00+01:00",
      opening: "2026-12-27T09:30+01:00",
    },
  ),
}

/** Three zones of one organisation in one night. */
export const zonesOfOneNight = [usualNight, backInBerlin, sameNightInNewYork]

/** The store-local date of the scene's next day. */
export const nextDayOf = ({ calendar: { zone }, due }: Scene): string =>
  new Intl.DateTimeFormat("sv-SE", { timeZone: zone }).format(due.nextDay)

/** A terminal of the scene's store that is well at an instant. */
export const wellAt = ({ calendar }: Scene, at: number): TerminalFacts => ({
  ...healthy,
  zone: calendar.zone,
  open: openTimeOf(calendar),
  lastBeatAt: at - 1000,
  lastSaleAt: at - 600_000,
})
