import { ensureHistoryPartitions } from "@/lib/base/db/partitions"
import { earliestTime } from "@/lib/base/time/earliest"

/** Makes the partitions for records of these times. Impossible times would make partitions without data. */
export const makeHistory = (times: readonly number[]): Promise<number> =>
  ensureHistoryPartitions(
    times.filter((at) => at >= earliestTime && at <= Date.now()).map((at) => new Date(at)),
  )
