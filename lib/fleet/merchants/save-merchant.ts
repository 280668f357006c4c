import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { changedFields } from "@/lib/access/audit/changed-fields"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { inOrganisation } from "@/lib/base/db/transaction"
import { merchantOrThrow } from "@/lib/fleet/merchants/list-merchants"
import type { Merchant, MerchantChange, NewMerchant } from "@/lib/fleet/merchants/schemas"
import { insertMerchant, lockMerchant, updateMerchant, type MerchantValues } from "@/lib/fleet/merchants/sql"
import { refuseTaken } from "@/lib/fleet/stores/refuse-taken"

const valuesOf = (old: MerchantValues, change: MerchantChange): MerchantValues => ({
  name: change.name ?? old.name,
  code: change.code === undefined ? old.code : change.code,
  contactName: change.contactName === undefined ? old.contactName : change.contactName,
  contactPhone: change.contactPhone === undefined ? old.contactPhone : change.contactPhone,
  contactEmail: change.contactEmail === undefined ? old.contactEmail : change.contactEmail,
})
const empty: MerchantValues = {
  name: "",
  code: null,
  contactName: null,
  contactPhone: null,
  contactEmail: null,
}
const subjectOf = ({ id, name }: Merchant) => ({ kind: "merchant", id, name })

export async function createMerchant({
  actor,
  merchant: given,
}: {
  actor: Actor
  merchant: NewMerchant
}): Promise<Merchant> {
  requirePermission(actor, "catalogue:write")
  return refuseTaken("merchant", () =>
    inOrganisation(actor, async (db) => {
      const [made] = await insertMerchant(db, valuesOf(empty, given))
      if (!made) throw new Error("the statement returned no row")
      const merchant = await merchantOrThrow(db, made.id)
      await recordAudit(db, actor, [
        { action: "merchant.created", subject: subjectOf(merchant), after: valuesOf(merchant, {}) },
      ])
      return merchant
    }),
  )
}

/** Changes the given fields. */
export async function changeMerchant({
  actor,
  merchantId,
  change,
}: {
  actor: Actor
  merchantId: number
  change: MerchantChange
}): Promise<Merchant> {
  requirePermission(actor, "catalogue:write")
  return refuseTaken("merchant", () =>
    inOrganisation(actor, async (db) => {
      await lockMerchant(db, merchantId)
      const before = await merchantOrThrow(db, merchantId)
      await updateMerchant(db, merchantId, valuesOf(before, change))
      const after = await merchantOrThrow(db, merchantId)
      const changed = changedFields(valuesOf(before, {}), valuesOf(after, {}))
      if (changed)
        await recordAudit(db, actor, [{ action: "merchant.changed", subject: subjectOf(after), ...changed }])
      return after
    }),
  )
}
