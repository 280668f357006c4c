import { hashRecoveryCode, newRecoveryCodes } from "@/lib/access/credentials/recovery-codes"
import { sealTotp, spendTotpCode } from "@/lib/access/credentials/second-factor"
import {
  deleteRecoveryCodes,
  insertRecoveryCodes,
  saveTotpSecret,
  totpOfUser,
  turnTotpOff,
  turnTotpOn,
} from "@/lib/access/credentials/sql"
import { newTotpSecret } from "@/lib/access/credentials/totp"
import type { Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"

/** Makes a secret, in place of an unconfirmed one. Null if two-step verification is on already. */
export async function beginSecondFactor(db: Db, userId: string): Promise<Buffer | null> {
  const secret = newTotpSecret()
  const [kept] = await saveTotpSecret(db, { userId, sealed: sealTotp(userId, secret) })
  return kept ? secret : null
}

type UserRef = { orgId: string; userId: string }

/** Turns two-step verification on if the code is right. Returns the recovery codes. */
export async function turnSecondFactorOn(db: Db, owner: UserRef, code: string): Promise<string[]> {
  const [user] = await totpOfUser(db, owner.userId)
  if (user?.is_totp_on) throw new AppError("conflict", "Two-step verification is already on.")
  if (!user?.totp_secret) throw new AppError("conflict", "Start again with a new secret.")
  if (!(await spendTotpCode(db, owner.userId, code.replace(/\s/g, "")))) {
    throw new AppError("invalid", "The code is wrong or has expired.", { field: "code", reason: "codeWrong" })
  }
  await turnTotpOn(db, owner.userId)
  return replaceRecoveryCodes(db, owner)
}

/** Turns two-step verification off: deletes the secret and recovery codes. False if it was off. */
export async function turnSecondFactorOff(db: Db, userId: string): Promise<boolean> {
  const [user] = await turnTotpOff(db, userId)
  return user !== undefined
}

/** Replaces a user's recovery codes with ten new ones. */
export async function renewCodes(db: Db, owner: UserRef): Promise<string[]> {
  const [user] = await totpOfUser(db, owner.userId)
  if (!user?.is_totp_on) throw new AppError("conflict", "Turn on two-step verification first.")
  return replaceRecoveryCodes(db, owner)
}

async function replaceRecoveryCodes(db: Db, { orgId, userId }: UserRef): Promise<string[]> {
  const codes = newRecoveryCodes()
  await deleteRecoveryCodes(db, userId)
  await insertRecoveryCodes(db, {
    orgId,
    userId,
    hashes: codes.map((code) => hashRecoveryCode(userId, code)),
  })
  return codes
}
