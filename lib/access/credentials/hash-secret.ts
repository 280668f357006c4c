import { createHash } from "node:crypto"

/** What is stored of a key or a link's token: their random bits, 192 at least, need no slow hash. */
export const hashSecret = (secret: string): Buffer => createHash("sha256").update(secret).digest()
