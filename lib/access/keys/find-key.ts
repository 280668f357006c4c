import type { Actor } from "@/lib/access/actor/actor"
import { storesOf } from "@/lib/access/actor/stores-of"
import { hashSecret } from "@/lib/access/credentials/hash-secret"
import { noteUse } from "@/lib/access/keys/note-use"
import { keyByHash } from "@/lib/access/keys/sql"

/** Who sends this key; null where it is unknown, revoked or expired. */
export async function findKey(key: string): Promise<Actor | null> {
  const [row] = await keyByHash(hashSecret(key))
  if (!row) return null
  noteUse(row)
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
