import { createHmac, randomBytes } from "node:crypto"
import type { Db } from "@/lib/base/db/transaction"
import { addCardKey, lockCardKeys, newestCardKey } from "@/lib/intake/imports/cards/sql"

export type CardKey = { id: number; key: Buffer }

export const rotationDays = 14
/** The prefix of card references that are made here. Tokens from senders do not have it. */
export const ownCardRef = "h1:"

/** The organisation's current key. A new one is made every fourteen days. */
export async function currentCardKey(db: Db, orgId: string): Promise<CardKey> {
  await lockCardKeys(db, orgId)
  const [found] = await newestCardKey(db, rotationDays)
  const [key] = found ? [found] : await addCardKey(db, { orgId, key: randomBytes(32) })
  if (!key) throw new Error("the key was not stored")
  return key
}

/**
 * A one-way reference for a card number, masked or not. The same card has the same reference as long as the
 * key exists. It is base64url, so that no long run of digits looks like another card number.
 */
export function cardRefOf({ id, key }: CardKey, card: string): string {
  const hash = createHmac("sha256", key).update(card).digest().subarray(0, 16)
  return `${ownCardRef}${id}:${hash.toString("base64url")}`
}
