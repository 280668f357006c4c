import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { inOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { holdsPan } from "@/lib/base/text/pan"
import type { ResponseCode, UploadedPack } from "@/lib/fleet/code-packs/schemas"
import { insertPack, lockPack, rebookTransactions, removeMappedCodes } from "@/lib/fleet/code-packs/sql"

/**
 * Makes `codes` the organisation's own table for a code system, as its next version; what it leaves out keeps
 * its shipped meaning. The same table again stays one version. Sales within raw retention whose code means
 * something else by it are booked anew; older ones keep what they were booked as.
 */
export async function uploadCodePack({
  actor,
  codeSystem,
  codes,
}: {
  actor: Actor
  codeSystem: string
  codes: ResponseCode[]
}): Promise<UploadedPack> {
  requirePermission(actor, "codes:write")
  refuseTwice(codes)
  refusePans(codes)
  return inOrganisation(actor, async (db) => {
    await lockPack(db, codeSystem)
    const [pack] = await insertPack(db, { codeSystem, codes: JSON.stringify(codes) })
    if (!pack) throw new Error("the pack was not stored")
    const rebooked = await rebookTransactions(db, codeSystem)
    await removeMappedCodes(db, codeSystem)
    const uploaded = { codeSystem, version: pack.version, codes: codes.length, rebooked }
    await recordAudit(db, actor, [
      {
        action: "codePack.uploaded",
        subject: { kind: "codePack", id: codeSystem, name: codeSystem },
        after: uploaded,
      },
    ])
    return uploaded
  })
}

function refuseTwice(codes: ResponseCode[]): void {
  const seen = new Set<string>()
  for (const { code } of codes) {
    if (seen.has(code))
      throw new AppError("invalid", `The code ${code} is in the table twice.`, { field: "codes" })
    seen.add(code)
  }
}

function refusePans(codes: ResponseCode[]): void {
  const index = codes.findIndex((row) =>
    [row.code, row.meaning_en, row.meaning_zh, row.retry].some((text) => holdsPan(text)),
  )
  if (index !== -1)
    throw new AppError(
      "invalid",
      `Entry ${index + 1} seems to hold a card number: a code table needs none.`,
      { field: `codes.${index}` },
    )
}
