import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { holdsPan } from "@/lib/base/text/pan"
import { rebookTransactions } from "@/lib/fleet/code-packs/rebook"
import type { CurrentCode, ResponseCode, UploadedPack } from "@/lib/fleet/code-packs/schemas"
import { insertPack, lockPack, nowMappedCodes, removeUnmappedCodes } from "@/lib/fleet/code-packs/sql"

/**
 * Stores `codes` as the next version of the organisation's table for a code system. Codes that it leaves
 * out keep their shipped meaning. The same table again makes no new version. Sales in raw retention whose
 * code changed are recounted. Older sales keep their cause.
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
  requireFit(codeSystem, codes)
  return inOrganisation(actor, async (db) => {
    await lockPack(db, codeSystem)
    return storeTable(db, actor, { codeSystem, codes })
  })
}

/** Stores the next version of a locked table, and gives stored sales their new meaning. */
export async function storeTable(
  db: Db,
  actor: Actor,
  { codeSystem, codes }: { codeSystem: string; codes: Omit<CurrentCode, "isOwn">[] },
): Promise<UploadedPack> {
  const version = await insertPack(db, { codeSystem, codes: JSON.stringify(codes), by: actor.name })
  const rebooked = await rebookTransactions(db, codeSystem)
  const mapped = await nowMappedCodes(db, codeSystem)
  await removeUnmappedCodes(
    db,
    codeSystem,
    mapped.map(({ code }) => code),
  )
  const uploaded = { codeSystem, version, codes: codes.length, rebooked }
  await recordAudit(db, actor, [
    {
      action: "codePack.uploaded",
      subject: { kind: "codePack", id: codeSystem, name: codeSystem },
      after: uploaded,
    },
  ])
  return uploaded
}

/** Refuses a table with a code twice or with a card number. */
export function requireFit(codeSystem: string, codes: ResponseCode[]): void {
  refuseTwice(codes)
  refusePans(codeSystem, codes)
}

function refuseTwice(codes: ResponseCode[]): void {
  const seen = new Set<string>()
  for (const { code } of codes) {
    if (seen.has(code))
      throw new AppError("invalid", `The table contains the code ${code} twice.`, { field: "codes" })
    seen.add(code)
  }
}

function refusePans(codeSystem: string, codes: ResponseCode[]): void {
  if (holdsPan(codeSystem))
    throw new AppError("invalid", "The code system's name seems to contain a card number. Change it.", {
      field: "codeSystem",
    })
  const index = codes.findIndex((row) =>
    Object.values(row).some((text) => typeof text === "string" && holdsPan(text)),
  )
  if (index !== -1)
    throw new AppError("invalid", `Entry ${index + 1} seems to contain a card number. Remove it.`, {
      field: `codes.${index}`,
    })
}
