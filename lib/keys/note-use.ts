import { inOrganisation, wholeOrganisation } from "@/lib/db/transaction"
import { describe } from "@/lib/http/answer"
import { touchKey } from "@/lib/keys/sql"
import { log } from "@/lib/log"

const notedEveryMs = 60_000
const beingNoted = new Set<string>()

type Used = { id: string; org_id: string; last_used_at: Date | null }

/** Notes beside the request that a key is in use, at most once a minute. */
export function noteUse({ id, org_id: orgId, last_used_at: lastUsedAt }: Used): void {
  if (beingNoted.has(id) || (lastUsedAt !== null && Date.now() - lastUsedAt.getTime() < notedEveryMs)) return
  beingNoted.add(id)
  void inOrganisation(wholeOrganisation(orgId), (db) => touchKey(db, id))
    .catch((error: unknown) => log.warn({ error: describe(error) }, "the use of a key was not noted"))
    .finally(() => beingNoted.delete(id))
}
