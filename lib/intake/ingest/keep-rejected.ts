import type { Db } from "@/lib/base/db/transaction"
import { Pace } from "@/lib/base/http/pace"
import { maskPans } from "@/lib/base/text/pan"
import type { Rejected } from "@/lib/intake/ingest/check"
import { keptRecord } from "@/lib/intake/ingest/kept"
import { insertQuarantine, type QuarantineRow } from "@/lib/intake/ingest/sql"

/**
 * Keeps rejected records of a kind in quarantine: masked, each with its reason, and whole where it is not too
 * long.
 */
export async function keepRejected(
  db: Db,
  { orgId, kind, rejected }: { orgId: string; kind: string; rejected: readonly Rejected[] },
): Promise<void> {
  if (rejected.length === 0) return
  const pace = new Pace()
  const kept: QuarantineRow[] = []
  for (const { raw, rejection } of rejected) {
    if (pace.isDue) await pace.giveWay()
    const { code, field, message } = rejection
    // A message may name the value that it is about, and a field is what the sender called it.
    kept.push({
      kind,
      code,
      field: field && maskPans(field),
      message: maskPans(message),
      ...keptRecord(raw),
    })
  }
  await insertQuarantine(db, orgId, kept)
}
