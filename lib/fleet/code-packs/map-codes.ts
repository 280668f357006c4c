import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import type { ResponseCode, UploadedPack } from "@/lib/fleet/code-packs/schemas"
import { currentCodes, lockPack } from "@/lib/fleet/code-packs/sql"
import { requireFit, storeTable } from "@/lib/fleet/code-packs/upload-code-pack"

/** Gives single codes a meaning: the organisation's table with these codes is its next version. */
export async function mapCodes({
  actor,
  params: { codeSystem },
  body: { codes },
}: {
  actor: Actor
  params: { codeSystem: string }
  body: { codes: ResponseCode[] }
}): Promise<UploadedPack> {
  requirePermission(actor, "codes:write")
  requireFit(codeSystem, codes)
  const given = new Set(codes.map(({ code }) => code))
  return inOrganisation(actor, async (db) => {
    await lockPack(db, codeSystem)
    const own = (await currentCodes(db, codeSystem)).filter(({ isOwn, code }) => isOwn && !given.has(code))
    const kept = own.map(({ isOwn: _isOwn, ...code }) => code)
    return storeTable(db, actor, { codeSystem, codes: [...kept, ...codes] })
  })
}
