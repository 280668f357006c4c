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

export type TrendPoint = { at: string; value: number | null }

const hourMs = 3_600_000

/** A series hour by hour over the whole range. Hours without a measurement are gaps. */
export function trendPoints({ from, to, hours }: Trend, series: TrendSeries): TrendPoint[] {
  const known = new Map(hours.map((hour) => [hour.at, hour[series]]))
  const count = Math.round((Date.parse(to) - Date.parse(from)) / hourMs)
  return Array.from({ length: count }, (_, i) => {
    const at = new Date(Date.parse(from) + i * hourMs).toISOString()
    return { at, value: known.get(at) ?? null }
  })
}

/** The series with at least one measurement. */
export const measuredSeries = ({ hours }: Trend): TrendSeries[] =>
  trendSeries.filter((series) => hours.some((hour) => hour[series] !== null))
