import { touchKey } from "@/lib/access/keys/sql"
import { inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"
import { describe } from "@/lib/base/log/describe"
import { log } from "@/lib/base/log/log"

const storedEveryMs = 60_000
const inProgress = new Set<string>()

type Used = { id: string; org_id: string; last_used_at: Date | null }

/** Stores that a key is in use, at most once a minute. The request does not wait for it. */
export function recordUse({ id, org_id: orgId, last_used_at: lastUsedAt }: Used): void {
  if (inProgress.has(id) || (lastUsedAt !== null && Date.now() - lastUsedAt.getTime() < storedEveryMs)) return
  inProgress.add(id)
  void inOrganisation(wholeOrganisation(orgId), (db) => touchKey(db, id))
    .catch((error: unknown) => log.warn({ error: describe(error) }, "could not store the use of a key"))
    .finally(() => inProgress.delete(id))
}
