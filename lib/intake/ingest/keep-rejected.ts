import type { Db } from "@/lib/base/db/transaction"
import { Pace } from "@/lib/base/http/pace"
import { maskPans } from "@/lib/base/text/pan"
import type { Rejected } from "@/lib/intake/ingest/check"
import { keptRecord } from "@/lib/intake/ingest/kept"
import { insertQuarantine, type QuarantineRow } from "@/lib/intake/ingest/sql"

/** Stores rejected records of one kind in quarantine: masked, each with its reason, cut if it is too long. */
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
    // A message may contain the value, and the sender chose the field's name.
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
