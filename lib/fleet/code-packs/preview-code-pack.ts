import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { compareTables } from "@/lib/fleet/code-packs/compare-tables"
import type { CodeTablePreview, ResponseCode } from "@/lib/fleet/code-packs/schemas"
import { currentCodes } from "@/lib/fleet/code-packs/sql"
import { requireFit } from "@/lib/fleet/code-packs/upload-code-pack"

/** Says what an upload would change, and writes nothing. */
export async function previewCodePack({
  actor,
  codeSystem,
  codes,
}: {
  actor: Actor
  codeSystem: string
  codes: ResponseCode[]
}): Promise<CodeTablePreview> {
  requirePermission(actor, "codes:write")
  requireFit(codeSystem, codes)
  return inOrganisation(actor, async (db) => ({
    codeSystem,
    ...compareTables(codes, await currentCodes(db, codeSystem)),
  }))
}
