import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import type { CodePackList } from "@/lib/fleet/code-packs/schemas"
import { listPacks, listUnmapped } from "@/lib/fleet/code-packs/sql"

/** Lists all versions of all code tables, shipped and own, and the unmapped codes. */
export async function listCodePacks({ actor }: { actor: Actor }): Promise<CodePackList> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const systems = new Map<string, CodePackList["data"][number]>()
    for (const row of await listPacks(db)) {
      const system = systems.get(row.code_system) ?? { codeSystem: row.code_system, own: [], shipped: [] }
      system[row.is_own ? "own" : "shipped"].push({
        version: row.version,
        codes: row.code_count,
        createdAt: row.created_at.toISOString(),
      })
      systems.set(row.code_system, system)
    }
    const unmapped = (await listUnmapped(db)).map((row) => ({
      codeSystem: row.code_system === "" ? null : row.code_system,
      code: row.code,
      seenCount: row.seen_count,
      firstSeenAt: row.first_seen_at.toISOString(),
      lastSeenAt: row.last_seen_at.toISOString(),
    }))
    return { data: [...systems.values()], unmapped }
  })
}
