import { ensureHistoryPartitions } from "@/lib/base/db/partitions"

const earliest = Date.UTC(1990, 0)

/** Makes the partitions for records of these times. Impossible times would make partitions without data. */
export const makeHistory = (times: readonly number[]): Promise<number> =>
  ensureHistoryPartitions(times.filter((at) => at >= earliest && at <= Date.now()).map((at) => new Date(at)))
