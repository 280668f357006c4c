import { deleteRecoveryCodes, insertRecoveryCodes } from "@/lib/access/account/sql"
import type { Actor } from "@/lib/access/actor/actor"
import { hashRecoveryCode, newRecoveryCodes } from "@/lib/access/credentials/recovery-codes"
import type { Db } from "@/lib/base/db/transaction"

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
