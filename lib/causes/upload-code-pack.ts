import { requireRole, type Actor } from "@/lib/access/actor"
import { insertPack, rebookTransactions, removeMappedCodes } from "@/lib/causes/sql"
import type { ResponseCode } from "@/lib/causes/schemas"
import { inOrganisation } from "@/lib/db/transaction"
import { AppError } from "@/lib/errors"

export type UploadedPack = { codeSystem: string; version: number; codes: number; rebooked: number }

/**
 * Adds the organisation's own table for a code system as its newest version. Sales within raw retention whose
 * code means something else by it are booked anew; older ones keep what they were booked as.
 */
export async function uploadCodePack(
  { actor, codeSystem, codes }: { actor: Actor; codeSystem: string; codes: ResponseCode[] },
): Promise<UploadedPack> {
  requireRole(actor, "admin")
  const twice = codes.map(({ code }) => code).find((code, i, all) => all.indexOf(code) !== i)
  if (twice !== undefined) throw new AppError("invalid", `The code ${twice} is in the table twice.`, { field: "codes" })
  return inOrganisation(actor.orgId, async (db) => {
    const [pack] = await insertPack(db, { codeSystem, codes: JSON.stringify(codes) })
    if (!pack) throw new Error("the pack was not stored")
    const rebooked = await rebookTransactions(db, codeSystem)
    await removeMappedCodes(db, codeSystem)
    return { codeSystem, version: pack.version, codes: codes.length, rebooked }
  })
}
