import type { Db } from "@/lib/base/db/transaction"
import type { Rejected } from "@/lib/intake/ingest/check"
import { keptRecord } from "@/lib/intake/ingest/kept"
import { insertQuarantine } from "@/lib/intake/ingest/sql"

/** Keeps rejected records of a kind in quarantine: masked, each with its reason, and whole where it is not too long. */
export async function keepRejected(
  db: Db,
  { orgId, kind, rejected }: { orgId: string; kind: string; rejected: readonly Rejected[] },
): Promise<void> {
  if (rejected.length === 0) return
  await insertQuarantine(
    db,
    orgId,
    rejected.map(({ raw, rejection: { code, field, message } }) => ({
      kind,
      code,
      field,
      message,
      ...keptRecord(raw),
    })),
  )
}
