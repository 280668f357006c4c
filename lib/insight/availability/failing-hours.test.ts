import { describe, expect, test } from "vitest"
import { failedRuns, failingHours, type SalesHour } from "@/lib/insight/availability/failing-hours"

const hourMs = 3_600_000
const clock = (text: string) => {
  const [hours = 0, minutes = 0] = text.split(":").map(Number)
  return (hours + minutes / 60) * hourMs
}

/** Sales at these times, each of them one attempt. */
function given(worked: string[], failed: string[]) {
  const attempts = [
    ...worked.map((text) => ({ at: clock(text), hasWorked: true })),
    ...failed.map((text) => ({ at: clock(text), hasWorked: false })),
  ].toSorted((a, b) => a.at - b.at)
  const hours = new Map<number, SalesHour>()
  for (const { at, hasWorked } of attempts) {
    const hour = Math.floor(at / hourMs)
    const before = hours.get(hour) ?? { hour, presentments: 0, cancelled: 0, failures: 0, reads: 0, tech: 0 }
    const lost = hasWorked ? 0 : 1
    hours.set(hour, {
      ...before,
      presentments: before.presentments + 1,
      failures: before.failures + lost,
      tech: before.tech + lost,
    })
  }
  return { runs: failedRuns([...hours.values()]), attempts }
}

describe("an hour in which no sale could be made", () => {
  test.each([
    ["begins after the outage did", ["11:40", "14:10"], ["12:10", "12:40", "13:10", "13:50"], [12, 13]],
    ["is none if the outage began in it", ["11:58", "14:08"], ["12:30", "12:50", "13:10", "13:55"], [13]],
    ["is none if the outage ended in it", ["11:50", "14:05"], ["12:05", "12:50", "13:10"], [12]],
    ["may have had no sale", ["10:10", "16:20"], ["12:50", "13:10", "13:50"], [12, 13, 14]],
    ["may be the first of the day", ["14:10"], ["12:50", "13:10", "13:50"], [12, 13]],
    ["may be the last of the day", ["11:50"], ["12:10", "13:10", "13:50"], [12, 13]],
    [
      "follows failures among sales that worked",
      ["11:10", "14:01"],
      ["11:58", "12:30", "12:50", "13:59"],
      [12, 13],
    ],
  ])("%s", (_name, worked, failed, hours) => {
    const { runs, attempts } = given(worked, failed)
    expect([...failingHours(runs, attempts).keys()]).toEqual(hours)
  })

  test("is one of the failures' where no attempt is known", () => {
    const { runs } = given(["11:58", "14:02"], ["12:30", "12:50", "13:10", "13:55"])
    expect([...failingHours(runs, []).keys()]).toEqual([12, 13])
  })

  test("is not before the hours whose attempts are known", () => {
    const worked = ["8:30", "10:50", "11:20", "12:20", "13:20", "15:40"]
    const failed = ["9:10", "9:20", "9:30", "10:55", "14:10", "14:20", "14:30"]
    const { runs, attempts } = given(worked, failed)
    // As when the clock was wrong from 11 to 14 o'clock.
    const known = attempts.filter(({ at }) => at < clock("11:00") || at >= clock("14:00"))
    expect([...failingHours(runs, known).keys()]).toEqual([9, 14])
  })

  test("has no attempt that worked, not even a retry", () => {
    const { runs, attempts } = given(["11:50"], ["12:10", "12:20", "12:30", "13:10"])
    const retried = [...attempts, { at: clock("13:11"), hasWorked: true }]
    expect([...failingHours(runs, retried).keys()]).toEqual([12])
  })
})
