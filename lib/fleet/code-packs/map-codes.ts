import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { mostCodes, tooMany } from "@/lib/fleet/code-packs/read-code-table"
import type { ResponseCode, UploadedPack } from "@/lib/fleet/code-packs/schemas"
import { lockPack, ownCodes } from "@/lib/fleet/code-packs/sql"
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
    const kept = (await ownCodes(db, codeSystem)).filter(({ code }) => !given.has(code))
    if (kept.length + codes.length > mostCodes) throw new AppError("invalid", tooMany, { field: "codes" })
    return storeTable(db, actor, { codeSystem, codes: [...kept, ...codes] })
  })
}

/** Removes a code from the organisation's table. It has its shipped meaning again, or none. */
export async function forgetCode({
  actor,
  params: { codeSystem },
  query: { code },
}: {
  actor: Actor
  params: { codeSystem: string }
  query: { code: string }
}): Promise<UploadedPack> {
  requirePermission(actor, "codes:write")
  return inOrganisation(actor, async (db) => {
    await lockPack(db, codeSystem)
    const own = await ownCodes(db, codeSystem)
    const codes = own.filter((one) => one.code !== code)
    if (codes.length === own.length) throw new AppError("not_found", "Your table does not have this code.")
    return storeTable(db, actor, { codeSystem, codes })
  })
}
