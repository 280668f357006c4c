import type { Trend } from "@/lib/fleet/terminals/schemas"

export const trendSeries = [
  "batteryMinPct",
  "signalAvgDbm",
  "latencyAvgMs",
  "temperatureMaxC",
  "storageMaxPct",
  "clockFastMinutes",
] as const
export type TrendSeries = (typeof trendSeries)[number]

/** `isAlone`: no line reaches it, so that it is drawn as a dot. */
export type TrendPoint = { at: string; value: number | null; isAlone: boolean }

const hourMs = 3_600_000

/** A series hour by hour over the whole range. Hours without a measurement are gaps. */
export function trendPoints({ from, to, hours }: Trend, series: TrendSeries): TrendPoint[] {
  const known = new Map(hours.map((hour) => [hour.at, hour[series]]))
  const count = Math.round((Date.parse(to) - Date.parse(from)) / hourMs)
  const steps = Array.from({ length: count }, (_, i) => new Date(Date.parse(from) + i * hourMs).toISOString())
  const values = steps.map((at) => known.get(at) ?? null)
  return steps.map((at, i) => {
    const value = values[i] ?? null
    const isAlone = value !== null && (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null
    return { at, value, isAlone }
  })
}

/** The series with at least one measurement. */
export const measuredSeries = ({ hours }: Trend): TrendSeries[] =>
  trendSeries.filter((series) => hours.some((hour) => hour[series] !== null))
