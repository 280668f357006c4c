import type { Actor } from "@/lib/access/actor"
import { hashRecoveryCode, newRecoveryCodes } from "@/lib/access/recovery-codes"
import { deleteRecoveryCodes, insertRecoveryCodes } from "@/lib/account/sql"
import type { Db } from "@/lib/db/transaction"

/** Gives a user ten new recovery codes, in the transaction that changes the second factor; the old ones are none any more. */
export async function replaceRecoveryCodes(db: Db, { orgId, id: userId }: Actor): Promise<string[]> {
  const codes = newRecoveryCodes()
  await deleteRecoveryCodes(db, userId)
  await insertRecoveryCodes(db, {
    orgId,
    userId,
    hashes: codes.map((code) => hashRecoveryCode(userId, code)),
  })
  return codes
}
