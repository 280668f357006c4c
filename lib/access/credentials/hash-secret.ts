import { createHash } from "node:crypto"

/** Hashes a key or a link's token. Both have at least 192 random bits, so they need no slow hash. */
export const hashSecret = (secret: string): Buffer => createHash("sha256").update(secret).digest()
