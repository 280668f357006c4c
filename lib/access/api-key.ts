import { createHash, randomBytes } from "node:crypto"
import type { Scope } from "@/lib/access/actor"
import { inOrganisationPrisma, wholeOrganisation } from "@/lib/db/transaction"

const shownCharacters = 10

export const hashKey = (key: string): Buffer => createHash("sha256").update(key).digest()

/** Makes a key and answers it: the only time it is seen whole, since its hash alone is stored. */
export async function createApiKey({ orgId, label, scopes }: { orgId: string; label: string; scopes: Scope[] }): Promise<string> {
  const key = `tw_${randomBytes(24).toString("base64url")}`
  await inOrganisationPrisma(wholeOrganisation(orgId), (tx) =>
    tx.apiKey.create({ data: { orgId, label, prefix: key.slice(0, shownCharacters), keyHash: new Uint8Array(hashKey(key)), scopes } }),
  )
  return key
}
