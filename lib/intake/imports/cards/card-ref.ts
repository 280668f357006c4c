import { createHmac, randomBytes } from "node:crypto"
import type { Db } from "@/lib/base/db/transaction"
import { addCardKey, lockCardKeys, newestCardKey } from "@/lib/intake/imports/cards/sql"

export type CardKey = { id: number; key: Buffer }

export const rotationDays = 14
/** What every card reference that was made here begins with; a token that was sent does not. */
export const ownCardRef = "h1:"

/** The organisation's key of these days; a new one every fourteen. */
export async function currentCardKey(db: Db, orgId: string): Promise<CardKey> {
  await lockCardKeys(db, orgId)
  const [found] = await newestCardKey(db, rotationDays)
  const [key] = found ? [found] : await addCardKey(db, { orgId, key: randomBytes(32) })
  if (!key) throw new Error("the key was not stored")
  return key
}

/**
 * One way from a card number (or what a mask left of it) to a reference: the same card has the same one as
 * long as the key lives. In base64url, where no long run of digits looks like another card number.
 */
export const cardRefOf = ({ id, key }: CardKey, card: string): string =>
  `${ownCardRef}${id}:${createHmac("sha256", key).update(card).digest().subarray(0, 16).toString("base64url")}`
