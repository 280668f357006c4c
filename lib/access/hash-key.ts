import { createHash } from "node:crypto"

/** What is stored of a key: its 192 random bits need no slow hash. */
export const hashKey = (key: string): Buffer => createHash("sha256").update(key).digest()
