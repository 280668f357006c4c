import type { Db } from "@/lib/base/db/transaction"
import { Pace } from "@/lib/base/http/pace"
import type { Rejected } from "@/lib/intake/ingest/check"
import { keptRecord } from "@/lib/intake/ingest/kept"
import { insertQuarantine, type QuarantineRow } from "@/lib/intake/ingest/sql"

/** Keeps rejected records of a kind in quarantine: masked, each with its reason, and whole where it is not too long. */
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
    kept.push({ kind, code, field, message, ...keptRecord(raw) })
  }
  await insertQuarantine(db, orgId, kept)
}
