import { expect, test } from "vitest"
import { demoDayMs as day, daysToFill } from "@/lib/run/demo/fill"
import { demoDays } from "@/lib/run/demo/run"

const startedAt = Date.parse("2026-11-24T04:00:00Z")
const hour = 3_600_000

test("fills the days before those already sent, newest first and without a gap", () => {
  const days = daysToFill({ startedAt, progressPct: 0, sentFrom: startedAt + 10 * hour - 2 * day })
  expect(days).toHaveLength(demoDays)
  expect(days[0]).toMatchObject({ from: startedAt - day, to: startedAt - day })
  expect(days[1]).toMatchObject({ from: startedAt - 2 * day, to: startedAt - 2 * day + 10 * hour })
  const unsent = days.slice(1)
  for (const [i, { from }] of unsent.entries()) expect(unsent[i + 1]?.to ?? from).toBe(from)
  expect(days.at(-1)).toMatchObject({ from: startedAt - demoDays * day, progressPct: 100 })
})

test("continues with the unfinished day after a stop", () => {
  for (const { from, progressPct } of daysToFill({
    startedAt,
    progressPct: 0,
    sentFrom: startedAt - 2 * day,
  })) {
    const rest = daysToFill({ startedAt, progressPct, sentFrom: startedAt + 20 * day })
    expect(rest[0]?.to ?? from).toBe(from)
    expect(rest).toHaveLength(Math.round((from - (startedAt - demoDays * day)) / day))
  }
})
