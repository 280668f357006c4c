import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { inOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { merchantOrThrow } from "@/lib/fleet/merchants/list-merchants"
import type { Merchant } from "@/lib/fleet/merchants/schemas"
import { deleteMerchantRow, lockMerchant } from "@/lib/fleet/merchants/sql"

/** Deletes a merchant without stores and regions. */
export async function deleteMerchant({
  actor,
  merchantId,
}: {
  actor: Actor
  merchantId: number
}): Promise<Merchant> {
  requirePermission(actor, "catalogue:write")
  return inOrganisation(actor, async (db) => {
    await lockMerchant(db, merchantId)
    const merchant = await merchantOrThrow(db, merchantId)
    const { name, code, stores, regions } = merchant
    if (stores > 0 || regions > 0) {
      throw new AppError(
        "conflict",
        `This merchant still has stores (${stores}) or regions (${regions}). Move or delete them first.`,
        { reason: "in_use" },
      )
    }
    await deleteMerchantRow(db, merchantId)
    await recordAudit(db, actor, [
      {
        action: "merchant.deleted",
        subject: { kind: "merchant", id: merchantId, name },
        before: { name, code },
      },
    ])
    return merchant
  })
}
