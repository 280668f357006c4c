import sql from "sql-template-tag"
import type { Actor } from "@/lib/access/actor/actor"
import { inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"
import { codeKey, resolveCodes } from "@/lib/fleet/code-packs/resolve-codes"
import { ResponseCode } from "@/lib/fleet/code-packs/schemas"
import { uploadCodePack } from "@/lib/fleet/code-packs/upload-code-pack"

export const upload = (actor: Actor, codeSystem: string, codes: object[]) =>
  uploadCodePack({ actor, codeSystem, codes: codes.map((code) => ResponseCode.parse(code)) })

/** Cause and subcause of each code in the organisation's tables. Null for an unmapped code. */
export const meanings = (orgId: string, codes: [codeSystem: string | null, code: string][]) =>
  inOrganisation(wholeOrganisation(orgId), async (db) => {
    const ids = await resolveCodes(
      db,
      codes.map(([codeSystem, code]) => ({ codeSystem, code })),
    )
    const rows = await db.query<{ id: number; meaning: string }>(sql`
      select id, cause || ' ' || subcause as meaning from response_code
      where id = any(${[...ids.values()]}::bigint[])`)
    return codes.map(
      ([codeSystem, code]) =>
        rows.find(({ id }) => id === ids.get(codeKey(codeSystem, code)))?.meaning ?? null,
    )
  })

export const unmapped = (orgId: string) =>
  inOrganisation(wholeOrganisation(orgId), (db) =>
    db.query<{ code_system: string; code: string; seen_count: number }>(sql`
  select code_system, code, seen_count from unmapped_code order by 1, 2`),
  )
