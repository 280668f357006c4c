import { sumCounts } from "@/lib/base/rounds/sum-counts"
import { nightsOf, nothingSettled, type Settled } from "@/lib/insight/nights/settle-night"

/** Settles all nights of an organisation that are due at `at`. */
export async function settleNight(due: Parameters<typeof nightsOf>[0]): Promise<Settled> {
  const settled: Settled[] = []
  for await (const night of nightsOf(due)) settled.push(night)
  return sumCounts(nothingSettled, settled)
}
