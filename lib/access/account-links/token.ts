import { randomBytes } from "node:crypto"
import type { Purpose } from "@/lib/access/account-links/words"
import { hashSecret } from "@/lib/access/credentials/hash-secret"
import { siteAddress } from "@/lib/base/env"
import { paths } from "@/lib/base/paths"

/** A token for one link, of which the hash alone is stored. */
export function newToken(): { token: string; hash: Buffer } {
  const token = randomBytes(32).toString("base64url")
  return { token, hash: hashSecret(token) }
}

/**
 * The address that the link leads to. It is made of our own setting, since a request's Host header may be a
 * stranger's.
 */
export const linkUrl = (purpose: Purpose, token: string): string =>
  new URL(purpose === "invitation" ? paths.accept(token) : paths.reset(token), siteAddress()).toString()
