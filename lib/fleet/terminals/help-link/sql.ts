import sql from "sql-template-tag"
import { lookUp, type Db } from "@/lib/base/db/transaction"
import type { NewHelpLink } from "@/lib/fleet/terminals/help-link/token"

/** Gives terminals new links, one each. */
export const setHelpLinks = (db: Db, links: readonly (NewHelpLink & { terminalId: number })[]) =>
  db.query(sql`
  update terminal t set help_link_id = l.id, help_link_hash = l.hash
    from unnest(${links.map(({ terminalId }) => terminalId)}::bigint[], ${links.map(({ id }) => id)}::uuid[],
      ${links.map(({ hash }) => hash)}::bytea[]) as l (terminal_id, id, hash)
   where t.id = l.terminal_id`)

/** Removes the links of terminals and of those that were merged into them. */
export const removeHelpLinks = (db: Db, ids: readonly number[]) =>
  db.query(sql`
  update terminal set help_link_id = null, help_link_hash = null
   where (id = any(${[...ids]}::bigint[]) or merged_into = any(${[...ids]}::bigint[]))
     and help_link_id is not null`)

/** Those of these terminals that a link opens, and whether it is their own or one of a merged terminal. */
export const terminalsWithHelpLink = (db: Db, ids: readonly number[]) =>
  db.query<{ id: number; is_own: boolean }>(sql`
  select coalesce(merged_into, id) as id, bool_or(merged_into is null) as is_own
    from terminal
   where (id = any(${[...ids]}::bigint[]) or merged_into = any(${[...ids]}::bigint[]))
     and help_link_id is not null
   group by 1`)

type Linked = { org_id: string; terminal_id: number; serial: string; store: string }

/** Finds the terminal of a link by its token's hash. No row if it was replaced or removed. */
export const terminalByHash = (hash: Buffer) =>
  lookUp<Linked>(sql`
  select org_id, terminal_id, serial, store from terminal_by_help_link(${hash}::bytea)`)
