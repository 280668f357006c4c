import { randomBytes } from "node:crypto"
import { hashSecret } from "@/lib/access/hash-secret"
import type { Purpose } from "@/lib/account-links/words"
import { siteAddress } from "@/lib/env"
import { paths } from "@/lib/paths"

/** A token for one link, of which the hash alone is stored. */
export function newToken(): { token: string; hash: Buffer } {
  const token = randomBytes(32).toString("base64url")
  return { token, hash: hashSecret(token) }
}

/** The address that the link leads to. It is made of our own setting, since a request's Host header may be a stranger's. */
export const linkUrl = (purpose: Purpose, token: string): string =>
  new URL(purpose === "invitation" ? paths.accept(token) : paths.reset(token), siteAddress()).toString()
