import type { Db } from "@/lib/base/db/transaction"
import { incidentsOfRelease } from "@/lib/insight/incidents/sql"

/** The open incident of a release such as `app:5.2.0`, of this model, or of any if it is null. */
export async function openIncidentOfRelease(
  db: Db,
  of: { release: string; model: number | null },
): Promise<number | null> {
  const [incident] = await incidentsOfRelease(db, of)
  return incident?.id ?? null
}
