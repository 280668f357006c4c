import { derivedKey } from "@/lib/access/credentials/derived-key"
import { hashRecoveryCode } from "@/lib/access/credentials/recovery-codes"
import { seal, unseal } from "@/lib/access/credentials/seal"
import { markRecoveryCodeUsed, spendTotpStep, totpOfUser } from "@/lib/access/credentials/sql"
import { stepOfCode } from "@/lib/access/credentials/totp"
import type { Db } from "@/lib/base/db/transaction"

const keyFor = (userId: string) => ({ key: derivedKey("totp secret"), owner: userId })

export const sealTotp = (userId: string, secret: Buffer): Buffer => seal(secret, keyFor(userId))

/** The user's secret, confirmed or not. Null if there is none, or if NEXTAUTH_SECRET has changed since. */
async function totpSecretOf(db: Db, userId: string): Promise<Buffer | null> {
  const [row] = await totpOfUser(db, userId)
  return row?.totp_secret ? unseal(row.totp_secret, keyFor(userId)) : null
}

/** Checks a code from the user's app. A right code is spent, and so are all older ones. */
export async function spendTotpCode(
  db: Db,
  userId: string,
  code: string,
  now = Date.now(),
): Promise<boolean> {
  const secret = await totpSecretOf(db, userId)
  const step = secret && stepOfCode(secret, code, now)
  return step !== null && (await spendTotpStep(db, userId, step)).length > 0
}

const sixDigits = /^\d{6}$/

/** Checks a code from the app or a recovery code, and spends it. Returns which one it was, or null. */
export async function spendCode(db: Db, userId: string, given: string): Promise<"totp" | "recovery" | null> {
  const code = given.replace(/\s/g, "")
  if (sixDigits.test(code)) return (await spendTotpCode(db, userId, code)) ? "totp" : null
  return (await markRecoveryCodeUsed(db, userId, hashRecoveryCode(userId, code))).length > 0
    ? "recovery"
    : null
}
