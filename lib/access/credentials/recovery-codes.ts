import { createHmac, randomInt } from "node:crypto"
import { derivedKey } from "@/lib/access/credentials/derived-key"

const count = 10
// Crockford's base 32: no letter looks like a digit or another letter.
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz"
const groups = 3
const groupLength = 4

const randomCode = (): string =>
  Array.from({ length: groups }, () =>
    Array.from({ length: groupLength }, () => alphabet[randomInt(alphabet.length)]).join(""),
  ).join("-")

/** Ten codes of 60 random bits. */
export const newRecoveryCodes = (): string[] => Array.from({ length: count }, randomCode)

const plain = (code: string): string =>
  code
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "")
    .replaceAll("o", "0")
    .replace(/[il]/g, "1")

/** An HMAC, so that a copy of the table is not enough to try codes. */
export const hashRecoveryCode = (userId: string, code: string): Buffer =>
  createHmac("sha256", derivedKey("recovery codes"))
    .update(`${userId} ${plain(code)}`)
    .digest()
