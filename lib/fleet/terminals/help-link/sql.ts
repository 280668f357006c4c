import sql from "sql-template-tag"
import { lookUp, type Db } from "@/lib/base/db/transaction"
import type { NewHelpLink, StoredHelpLink } from "@/lib/fleet/terminals/help-link/token"

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

type TerminalLink = StoredHelpLink & { id: number; is_own: boolean }

/** The links that open these terminals: their own, and those of terminals that were merged into them. */
export const linksOfTerminals = (db: Db, ids: readonly number[]) =>
  db.query<TerminalLink>(sql`
  select coalesce(merged_into, id) as id, merged_into is null as is_own, help_link_id, help_link_hash
    from terminal
   where (id = any(${[...ids]}::bigint[]) or merged_into = any(${[...ids]}::bigint[]))
     and help_link_id is not null`)

type Linked = { org_id: string; terminal_id: number; serial: string; store: string }

/** Finds the terminal of a link by its token's hash. No row if it was replaced or removed. */
export const terminalByHash = (hash: Buffer) =>
  lookUp<Linked>(sql`
  select org_id, terminal_id, serial, store from terminal_by_help_link(${hash}::bytea)`)
