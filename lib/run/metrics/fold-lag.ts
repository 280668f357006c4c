import type { Db } from "@/lib/base/db/transaction"
import { oldestBatch } from "@/lib/run/metrics/sql"

/** How many seconds the oldest batch has waited to be folded; 0 if none waits. */
export async function foldLag(db: Db): Promise<number> {
  const [oldest] = await oldestBatch(db)
  return oldest?.seconds ?? 0
}
