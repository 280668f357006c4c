import fc from "fast-check"
import { expect, test } from "vitest"
import { noCodeBook } from "@/lib/intake/codes/code-book"
import { heartbeatContract } from "@/lib/intake/heartbeats/contract"
import { completeProfile } from "@/lib/intake/imports/mapping/complete-profile"
import { Profile } from "@/lib/intake/imports/mapping/profile"
import { heartbeatTargets } from "@/lib/intake/imports/mapping/targets"
import { LeftOut } from "@/lib/intake/imports/runs/left-out"
import { mapped } from "@/lib/intake/imports/runs/map-rows"

const given = Profile.parse({ name: "beats", kind: "heartbeats", timeZone: "UTC", columns: {} })
const names: Record<string, string> = { terminal: "T1", at: "2026-11-28 11:00:00" }

function map(rows: readonly Record<string, string>[]) {
  const headers = Object.keys(rows[0] ?? {})
  const columns = Profile.shape.columns.parse(Object.fromEntries(headers.map((header) => [header, header])))
  const profile = completeProfile({ ...given, columns }, { headers, rows })
  const leftOut = new LeftOut()
  const whole = rows.map((cells, number) => ({ cells, number, line: number + 2, cardRef: null, hash: "r" }))
  return { ...mapped(profile, whole, { book: noCodeBook, leftOut }), leftOut: leftOut.list }
}

const cell = fc.oneof(
  fc.constantFrom("", "62%", "-71dBm", "88", "0.5", "yes", "maybe", "1e9", "正常", "—", "2026-11-28", "4G"),
  fc.string({ maxLength: 12 }),
  fc.integer({ min: -1e6, max: 1e12 }).map(String),
)

test("a heartbeat is kept whatever its cells have, and each cell is stored, left out or blank", () =>
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...heartbeatTargets), cell, { maxKeys: 8 }), (cells) => {
      const { values, rejected, leftOut } = map([{ ...names, ...cells }])
      expect(rejected).toEqual([])
      const value = values[0]?.value ?? {}
      expect(heartbeatContract.read(value)).toMatchObject({ success: true, leftOut: [] })
      for (const [field, text] of Object.entries(cells)) {
        const isLeftOut = leftOut.some((one) => one.field === field)
        const isStored = value[field] !== undefined
        expect(isLeftOut && isStored).toBe(false)
        expect(isLeftOut || isStored || !/\d/.test(text)).toBe(true)
      }
    }),
  ))

test("only the terminal and the time reject a heartbeat", () => {
  const { rejected } = map([
    { ...names, at: "never", batteryPct: "a lot" },
    { ...names, terminal: "2.46E+09", batteryPct: "a lot" },
  ])
  expect(rejected.map(({ line, field }) => [line, field])).toEqual([
    [2, "at"],
    [3, "terminal"],
  ])
})

test("what is left out is counted by field and reason, with an example", () => {
  const { leftOut } = map([
    { ...names, signalDbm: "62%", batteryPct: "50" },
    { ...names, signalDbm: "61%", batteryPct: "113" },
    { ...names, signalDbm: "88", batteryPct: "114" },
  ])
  expect(leftOut).toEqual([
    { field: "batteryPct", reason: "number above 100", rows: 2, example: "113" },
    { field: "signalDbm", reason: "text", rows: 2, example: "62%" },
    { field: "signalDbm", reason: "number above 0", rows: 1, example: "88" },
  ])
})
