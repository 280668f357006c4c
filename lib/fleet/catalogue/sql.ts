import sql from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"

const manyTerminals = 5_000

/** Whether there are so many terminals that counting them takes noticeably long. */
export const hasManyTerminals = (db: Db) =>
  db.query<{ many: boolean }>(sql`
  select count(*) > ${manyTerminals}::int as many
    from (select 1 from terminal where org_id = ${ownOrg} limit ${manyTerminals + 1}::int) t`)

export type References = {
  model?: number | null
  supplier?: number | null
  acquirer?: number | null
  codeSystem?: string | null
}

/**
 * The references that do not exist in the organisation. Foreign keys ignore row-level security, so they
 * cannot tell.
 */
export const unknownReferences = (
  db: Db,
  { model = null, supplier = null, acquirer = null, codeSystem = null }: References,
) =>
  db.query<{ field: string }>(sql`
  select field
    from (values
      ('model', ${model}::bigint is null or exists (select from terminal_model where id = ${model}::bigint)),
      ('supplier', ${supplier}::bigint is null
        or exists (select from supplier where id = ${supplier}::bigint)),
      ('acquirer', ${acquirer}::bigint is null
        or exists (select from acquirer where id = ${acquirer}::bigint)),
      ('codeSystem', ${codeSystem}::text is null
        or exists (select from code_pack where code_system = ${codeSystem}::text))) as given (field, is_known)
   where not is_known`)
