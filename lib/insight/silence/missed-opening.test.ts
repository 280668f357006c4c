import { expect, test } from "vitest"
import { openTimeOf } from "@/lib/fleet/stores/open-time"
import { weekdays } from "@/lib/fleet/stores/words"
import { missedOpening } from "@/lib/insight/silence/missed-opening"
import type { Silence } from "@/lib/insight/silence/silence-plan"

const zone = "Europe/Berlin"
const bits = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => 1 << (from + i)).reduce((sum, bit) => sum | bit, 0)
const weekOf = (hours: number) => ({ hours: weekdays.map(() => hours), beatsPerHour: 12 })

type Given = { spans: [string, string][]; lastSign: string; hours?: number | null }

const silenceOf = ({ spans, lastSign, hours = bits(9, 21) }: Given): Silence => ({
  lastSignAt: Date.parse(lastSign),
  intervalSeconds: 300,
  week: hours === null ? null : weekOf(hours),
  zone,
  open: openTimeOf({
    zone,
    hours: Object.fromEntries(weekdays.map((day) => [day, spans])),
    exceptions: {},
    closedOn: null,
  }),
  hasHours: true,
  closesAt: Infinity,
})

const nineToNine: [string, string][] = [["09:00", "21:00"]]
const evening = "2026-11-24T20:57:00+01:00"
const opened = (at: string, missedAt: string) => ({ at: Date.parse(at), missedAt: Date.parse(missedAt) })
const atNine = opened("2026-11-25T09:00:00+01:00", "2026-11-25T09:30:00+01:00")

test.each<[string, Given, ReturnType<typeof opened> | null]>([
  ["since the evening before", { spans: nineToNine, lastSign: evening }, atNine],
  ["since this morning", { spans: nineToNine, lastSign: "2026-11-25T09:04:00+01:00" }, null],
  [
    "since the evening before, and is usually up later than its store opens",
    { spans: nineToNine, lastSign: evening, hours: bits(10, 21) },
    opened("2026-11-25T10:00:00+01:00", "2026-11-25T10:30:00+01:00"),
  ],
  [
    "since before the break at noon",
    {
      spans: [
        ["06:00", "08:00"],
        ["09:45", "21:00"],
      ],
      lastSign: "2026-11-25T07:58:00+01:00",
      hours: bits(6, 21),
    },
    null,
  ],
  [
    "since the evening before, and nothing is known of its week",
    { spans: nineToNine, lastSign: evening, hours: null },
    null,
  ],
])("a terminal silent %s", (_name, given, expected) =>
  expect(missedOpening(silenceOf(given), Date.parse("2026-11-25T10:10:00+01:00"))).toEqual(expected),
)

test("a night in which the clock changes is a night", () => {
  const terminal = silenceOf({ spans: nineToNine, lastSign: "2026-10-24T20:57:00+02:00" })
  expect(missedOpening(terminal, Date.parse("2026-10-25T09:40:00+01:00"))).toEqual(
    opened("2026-10-25T09:00:00+01:00", "2026-10-25T09:30:00+01:00"),
  )
})
