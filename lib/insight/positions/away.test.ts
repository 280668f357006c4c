import { expect, test } from "vitest"
import { awayAfter, fixesToMove, type Away, type Fix } from "@/lib/insight/positions/away"
import { metresBetween } from "@/lib/insight/positions/metres-between"

// The example of coordtransform's README: one point in both systems.
const wgs84 = { lat: 39.915, lon: 116.404, coordinates: "wgs84" } as const
const gcj02 = { lat: 39.91640428150164, lon: 116.41024449916938, coordinates: "gcj02" } as const

test("one point in two systems is no distance", () => {
  expect(metresBetween(wgs84, gcj02)).toBeLessThan(1)
  expect(metresBetween(wgs84, { ...gcj02, coordinates: "wgs84" })).toBeGreaterThan(500)
})

// The haversine example of Chris Veness: 968.9 km between Land's End and John o' Groats.
test("a known distance", () => {
  const landsEnd = { lat: 50.066389, lon: -5.714722, coordinates: "wgs84" } as const
  const johnOGroats = { lat: 58.643889, lon: -3.07, coordinates: "wgs84" } as const
  expect(metresBetween(landsEnd, johnOGroats) / 1000).toBeCloseTo(968.9, 1)
})

const radiusM = 500
const north = (metres: number, accuracyM: number | null = null): Fix => ({
  ...wgs84,
  lat: wgs84.lat + metres / 111_195,
  accuracyM,
})
const fixesOf = (fixes: readonly Fix[]): number =>
  fixes.reduce<Away | null>((away, fix) => awayAfter(fix, { away, store: gcj02, radiusM }), null)?.fixes ?? 0

test("three fixes in a row away from the store are a move", () => {
  expect(fixesOf([north(20), north(900), north(910), north(890)])).toBe(fixesToMove)
})

test("one fix at the store begins the count anew", () => {
  expect(fixesOf([north(900), north(900), north(30), north(900)])).toBe(1)
})

test("a coarse fix neither counts nor takes back", () => {
  expect(fixesOf([north(900), north(3_000, 1_000), north(910), north(0, 2_000), north(900)])).toBe(3)
})

test("fixes all over the town are errors", () => {
  expect(fixesOf([north(900), north(5_000), north(-3_000)])).toBe(1)
})
