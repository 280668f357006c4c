import type { Db } from "@/lib/db/transaction"
import { placesInService, upHours, type PlaceRow } from "@/lib/reports/sql"

/** What availability is computed from: where terminals stood in service, and each one's hours with a sign of life. */
export async function signsOfLife(db: Db, days: { from: string; to: string }): Promise<{ places: PlaceRow[]; up: Map<number, Set<number>> }> {
  const up = new Map((await upHours(db, days)).map((row) => [row.terminal_id, new Set(row.hours.map((hour) => hour.getTime()))]))
  return { places: await placesInService(db, days), up }
}
