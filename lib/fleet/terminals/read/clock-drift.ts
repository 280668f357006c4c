import { tolerableOffsetMs } from "@/lib/base/time/clock"

const units = [
  ["days", 86_400_000],
  ["hours", 3_600_000],
  ["minutes", 60_000],
] as const

export type Drift = { direction: "slow" | "fast"; value: number; unit: (typeof units)[number][0] }

/** How wrong a terminal's clock is, from the correction of its times. Null if it is right. */
export function clockDrift(offsetMs: number): Drift | null {
  const size = Math.abs(offsetMs)
  if (size <= tolerableOffsetMs) return null
  // A larger unit is used from two of it on.
  const [unit, length] = units.find(([, ms]) => size >= 2 * ms) ?? units[2]
  return { direction: offsetMs > 0 ? "slow" : "fast", value: Math.round(size / length), unit }
}
