import { createHmac, randomUUID } from "node:crypto"
import { derivedKey } from "@/lib/access/credentials/derived-key"
import { hashSecret } from "@/lib/access/credentials/hash-secret"
import { siteAddress } from "@/lib/base/env"
import { paths } from "@/lib/base/paths"

const tokenBytes = 16

/** The token follows from the link's id and NEXTAUTH_SECRET, so that a label can be printed again. */
const tokenOf = (id: string): string =>
  createHmac("sha256", derivedKey("help links"))
    .update(id)
    .digest()
    .subarray(0, tokenBytes)
    .toString("base64url")

export type NewHelpLink = { id: string; hash: Buffer }

/** A new link. Only the hash of its token is stored. */
export function newHelpLink(): NewHelpLink {
  const id = randomUUID()
  return { id, hash: hashSecret(tokenOf(id)) }
}

export type StoredHelpLink = { help_link_id: string | null; help_link_hash: Buffer | null }

/** The address of a link. Null if there is none, or if NEXTAUTH_SECRET is another than when it was made. */
export function helpLinkUrl({ help_link_id: id, help_link_hash: hash }: StoredHelpLink): string | null {
  if (id === null || hash === null) return null
  const token = tokenOf(id)
  return hashSecret(token).equals(hash) ? new URL(paths.help(token), siteAddress()).toString() : null
}
