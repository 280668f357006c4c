import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { codeHistory } from "@/lib/fleet/code-packs/code-history"
import {
  lastSeen,
  meaningsElsewhere,
  newestExample,
  ownVersions,
  shippedMeaning,
} from "@/lib/fleet/code-packs/code-sql"
import type { CodeDetail } from "@/lib/fleet/code-packs/schemas"
import { suggestMeaning } from "@/lib/fleet/code-packs/suggest-meaning"

type Asking = { actor: Actor; params: { codeSystem: string }; query: { code: string } }

/** What a code means, what it meant before, and what it may mean if no table has it. */
export async function getCode({
  actor,
  params: { codeSystem },
  query: { code },
}: Asking): Promise<CodeDetail> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const asked = { codeSystem, code }
    const [shipped = null] = await shippedMeaning(db, asked)
    const versions = await ownVersions(db, asked)
    const own = versions.at(-1)?.meaning ?? null
    const now = own ?? shipped
    const [seen] = now ? [] : await lastSeen(db, asked)
    const [example = null] = seen ? await newestExample(db, { ...asked, seenAt: seen.at }) : []
    return {
      codeSystem,
      code,
      now,
      isOwn: own !== null,
      hasShipped: shipped !== null,
      history: codeHistory(shipped, versions),
      suggestion: now ? null : suggestMeaning(await meaningsElsewhere(db, asked)),
      example: example && { ...example, at: example.at.toISOString(), entryMode: example.entryMode || null },
    }
  })
}
