import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

type Merge = { kept: number; merged: number }

/** Whether the serial numbers of two terminals differ by blanks, dashes and the like only. */
export const areAlike = (db: Db, { kept, merged }: Merge) =>
  db.query<{ id: number }>(sql`
  select k.id
    from terminal k join terminal m on m.serial_bare = k.serial_bare
   where k.id = ${kept}::bigint and m.id = ${merged}::bigint`)

/** The merged terminal leads to the kept one, and so do those that were merged into it before. */
export const setMerged = (db: Db, { kept, merged }: Merge) =>
  db.query(sql`
  update terminal set merged_into = ${kept}::bigint
   where id = ${merged}::bigint or merged_into = ${merged}::bigint`)

/** Gives the kept terminal all TIDs of the merged one, past ones too. */
export const moveTids = (db: Db, { kept, merged }: Merge) =>
  db.query<{ tid: string; to_at: Date | null }>(sql`
  update terminal_tid set terminal_id = ${kept}::bigint where terminal_id = ${merged}::bigint
  returning tid, to_at`)

/** Fills what is not known of the kept terminal. Supplier, purchase and warranty belong together. */
export const fillMasterData = (db: Db, { kept, merged }: Merge) =>
  db.query(sql`
  update terminal k
     set model_id = coalesce(k.model_id, m.model_id), code_system = coalesce(k.code_system, m.code_system),
         supplier_id = case when p.is_known then k.supplier_id else m.supplier_id end,
         bought_on = case when p.is_known then k.bought_on else m.bought_on end,
         warranty_until = case when p.is_known then k.warranty_until else m.warranty_until end
    from terminal m,
         (select num_nonnulls(supplier_id, bought_on, warranty_until) > 0 as is_known
            from terminal where id = ${kept}::bigint) p
   where k.id = ${kept}::bigint and m.id = ${merged}::bigint`)
