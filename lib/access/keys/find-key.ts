import type { Actor } from "@/lib/access/actor/actor"
import { storesOf } from "@/lib/access/actor/stores-of"
import { hashSecret } from "@/lib/access/credentials/hash-secret"
import { recordUse } from "@/lib/access/keys/record-use"
import { keyByHash } from "@/lib/access/keys/sql"

/** The actor of a key. Null if the key is unknown, revoked or expired. */
export async function findKey(key: string): Promise<Actor | null> {
  const [row] = await keyByHash(hashSecret(key))
  if (!row) return null
  recordUse(row)
  return {
    orgId: row.org_id,
    stores: storesOf(row),
    kind: "key",
    id: row.id,
    name: row.label,
    role: null,
    scopes: row.scopes,
    address: null,
  }
}
