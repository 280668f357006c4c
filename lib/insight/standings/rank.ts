import { wilsonInterval } from "@/lib/base/statistics/wilson"
import { fewestRankedSales } from "@/lib/fleet/terminals/words"

/** As stored: whole failures of a thousand sales. */
export type Ranks = { worst: number; best: number }

/** They come last in both orders. */
const unranked: Ranks = { worst: -1, best: 1001 }

/**
 * Where a terminal stands among others by failure rate. The worst are those that surely fail often (the
 * interval's lower end), the best those that surely fail seldom (its upper end), so that few sales lead
 * neither order. Thousandths, so that most sales leave an indexed rank as it is.
 */
export function ranksOf({ attempts, failures }: { attempts: number; failures: number }): Ranks {
  const interval = attempts < fewestRankedSales ? null : wilsonInterval(failures, attempts)
  if (!interval) return unranked
  return { worst: Math.floor(interval[0] * 1000), best: Math.ceil(interval[1] * 1000) }
}
