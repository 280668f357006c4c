import sql, { empty, type Sql } from "sql-template-tag"
import { contains } from "@/lib/base/db/contains"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import type { Key, ListOrder, Place, Slice } from "@/lib/base/pages/list-order"
import { isQuiet } from "@/lib/fleet/catalogue/open-flags"
import { flagColumns, flagNames, type FlagRow } from "@/lib/insight/flags/flag-row"
import type { FlagQuery } from "@/lib/insight/flags/schemas"
import type { FlagKind, FlagSort } from "@/lib/insight/flags/words"

export type FlagFilter = Omit<FlagQuery, "sort" | "order" | "cursor" | "limit">

const filters = ({ status, rule, snoozed, store, terminal, q }: FlagFilter): Sql => sql`
  f.org_id = ${ownOrg} and f.status = ${status}
  ${snoozed === undefined ? empty : snoozed === "only" ? sql`and ${isQuiet}` : sql`and not ${isQuiet}`}
  ${rule === undefined ? empty : sql`and f.rule = ${rule}`}
  ${store === undefined ? empty : sql`and f.store_id = ${store}::bigint`}
  ${terminal === undefined ? empty : sql`and f.terminal_id = ${terminal}::bigint`}
  ${q === undefined ? empty : sql`and ${contains([sql`t.serial`, sql`s.name`], q)}`}`

const sortKeys: Record<FlagSort, readonly [Key, ...Key[]]> = {
  // Of equal urgency the newest first.
  urgency: [
    { value: sql`f.urgency`, type: "int" },
    {
      value: sql`extract(epoch from timestamptz '2200-01-01 00:00:00+00' - f.opened_at)`,
      type: "numeric",
    },
    { value: sql`-f.id`, type: "bigint" },
  ],
  stake: [
    { value: sql`coalesce(f.stake_minor, -1)`, type: "bigint" },
    { value: sql`f.id`, type: "bigint" },
  ],
  since: [
    { value: sql`f.since_at`, type: "timestamptz" },
    { value: sql`f.id`, type: "bigint" },
  ],
  terminal: [
    { value: sql`coalesce(t.serial, '')`, type: "text" },
    { value: sql`f.id`, type: "bigint" },
  ],
  store: [
    { value: sql`coalesce(s.name, '')`, type: "text" },
    { value: sql`f.id`, type: "bigint" },
  ],
}

export const flagOrder = ({ sort, order }: Pick<FlagQuery, "sort" | "order">): ListOrder => ({
  list: `flags by ${sort} ${order}`,
  keys: sortKeys[sort],
  isDescending: order === "desc",
})

export const flagPage = (db: Db, { kind, ...filter }: FlagFilter, slice: Slice) =>
  db.query<FlagRow & { place: Place }>(sql`
  select ${flagColumns}, ${slice.place} as place
    from flag f ${flagNames}
   where ${filters(filter)}
     ${kind === undefined ? empty : sql`and f.kind = ${kind}`}
     and ${slice.condition}
  ${slice.ordered}`)

export const flagCounts = (db: Db, filter: FlagFilter) =>
  db.query<{ kind: FlagKind; count: number }>(sql`
  select f.kind, count(*) as count
    from flag f
    left join terminal t on t.id = f.terminal_id
    left join store s on s.id = f.store_id
   where ${filters(filter)}
   group by 1`)
