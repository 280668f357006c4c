import { randomBytes } from "node:crypto"
import type { Purpose } from "@/lib/access/account-links/words"
import { hashSecret } from "@/lib/access/credentials/hash-secret"
import { siteAddress } from "@/lib/base/env"
import { paths } from "@/lib/base/paths"

/** A new token for a link. Only its hash is stored. */
export function newToken(): { token: string; hash: Buffer } {
  const token = randomBytes(32).toString("base64url")
  return { token, hash: hashSecret(token) }
}

/** The link's address. It comes from the configuration, because a request's Host header can be forged. */
export const linkUrl = (purpose: Purpose, token: string): string =>
  new URL(purpose === "invitation" ? paths.accept(token) : paths.reset(token), siteAddress()).toString()
