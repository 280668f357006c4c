import { expect, test } from "vitest"
import { availabilityOf } from "@/lib/reports/availability"

const at = (text: string) => new Date(text)
const place = (more: object = {}) => ({
  terminal_id: 1, time_zone: "Asia/Shanghai", opening_hours: { mon: [["09:00", "12:00"]] }, hours_exceptions: {}, closed_on: null, from_at: at("2026-11-16T00:00:00+08:00"), to_at: at("2026-11-23T00:00:00+08:00"), ...more,
})
const hours = (...texts: string[]) => new Map([[1, new Set(texts.map((text) => Date.parse(text)))]])
const weekEnd = Date.parse("2026-11-23T00:00:00+08:00")

test("only opening hours count, open or not", () => {
  const up = hours("2026-11-16T09:00:00+08:00", "2026-11-16T11:00:00+08:00", "2026-11-16T20:00:00+08:00")
  expect(availabilityOf([place()], up, weekEnd)).toEqual({ openHours: 3, upHours: 2, share: 2 / 3, terminalsWithoutHours: 0 })
})

test("a terminal counts from its first heartbeat, and until now while the week runs", () => {
  expect(availabilityOf([place({ from_at: at("2026-11-16T10:00:00+08:00") })], hours(), weekEnd).openHours).toBe(2)
  expect(availabilityOf([place()], hours(), Date.parse("2026-11-16T10:30:00+08:00")).openHours).toBe(1)
})

test("a store without hours is left out and told", () => {
  expect(availabilityOf([place({ opening_hours: null })], hours(), weekEnd)).toEqual({ openHours: 0, upHours: 0, share: null, terminalsWithoutHours: 1 })
})

test("holidays are no opening hours, and a store counts until it is closed for good", () => {
  expect(availabilityOf([place({ hours_exceptions: { "2026-11-16": [], "2026-11-18": [["09:00", "11:00"]] } })], hours(), weekEnd).openHours).toBe(2)
  const everyDay = { mon: [["09:00", "12:00"]], thu: [["09:00", "12:00"]] }
  expect(availabilityOf([place({ opening_hours: everyDay, closed_on: "2026-11-18" })], hours(), weekEnd).openHours).toBe(3)
  expect(availabilityOf([place({ opening_hours: null, closed_on: "2026-11-16" })], hours(), weekEnd).terminalsWithoutHours).toBe(0)
})

test("opening spans that overlap count once", () => {
  const opening_hours = { mon: [["09:00", "12:00"], ["11:00", "13:00"]] }
  expect(availabilityOf([place({ opening_hours })], hours("2026-11-16T11:00:00+08:00"), weekEnd)).toMatchObject({ openHours: 4, upHours: 1 })
})

test("a stay that is over before it begins, or has not begun, is nothing", () => {
  const stay = place({ opening_hours: null, from_at: at("2026-11-17T00:00:00+08:00"), to_at: at("2026-11-16T00:00:00+08:00") })
  expect(availabilityOf([stay], hours(), weekEnd).terminalsWithoutHours).toBe(0)
})
