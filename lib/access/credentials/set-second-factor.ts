import { hashRecoveryCode, newRecoveryCodes } from "@/lib/access/credentials/recovery-codes"
import { sealTotp, spendTotpCode } from "@/lib/access/credentials/second-factor"
import {
  deleteRecoveryCodes,
  insertRecoveryCodes,
  keepTotpSecret,
  totpOfUser,
  turnTotpOff,
  turnTotpOn,
} from "@/lib/access/credentials/sql"
import { newTotpSecret } from "@/lib/access/credentials/totp"
import type { Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"

/** Makes the secret of a second factor in place of one that was only begun; null where one is on. */
export async function beginSecondFactor(db: Db, userId: string): Promise<Buffer | null> {
  const secret = newTotpSecret()
  const [kept] = await keepTotpSecret(db, { userId, sealed: sealTotp(userId, secret) })
  return kept ? secret : null
}

type Whose = { orgId: string; userId: string }

/** Turns on what was begun, once the app shows a right code. Answers the recovery codes. */
export async function turnSecondFactorOn(db: Db, whose: Whose, code: string): Promise<string[]> {
  const [user] = await totpOfUser(db, whose.userId)
  if (user?.is_totp_on) throw new AppError("conflict", "The second step is on already.")
  if (!user?.totp_secret) throw new AppError("conflict", "Begin with a new secret.")
  if (!(await spendTotpCode(db, whose.userId, code.replace(/\s/g, "")))) {
    throw new AppError("invalid", "The code is wrong or too old.", { field: "code", reason: "codeWrong" })
  }
  await turnTotpOn(db, whose.userId)
  return replaceRecoveryCodes(db, whose)
}

/** Forgets a second factor, its secret and its recovery codes; false where none was on. */
export async function turnSecondFactorOff(db: Db, userId: string): Promise<boolean> {
  const [user] = await turnTotpOff(db, userId)
  return user !== undefined
}

/** Gives a user ten new recovery codes; the old ones are none any more. */
export async function renewCodes(db: Db, whose: Whose): Promise<string[]> {
  const [user] = await totpOfUser(db, whose.userId)
  if (!user?.is_totp_on) throw new AppError("conflict", "Turn the second step on first.")
  return replaceRecoveryCodes(db, whose)
}

async function replaceRecoveryCodes(db: Db, { orgId, userId }: Whose): Promise<string[]> {
  const codes = newRecoveryCodes()
  await deleteRecoveryCodes(db, userId)
  await insertRecoveryCodes(db, {
    orgId,
    userId,
    hashes: codes.map((code) => hashRecoveryCode(userId, code)),
  })
  return codes
}
