import sql, { join, type Sql } from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { FailedSaleFilter } from "@/lib/insight/failed-sales/schemas"

export type Selection = Omit<FailedSaleFilter, "from" | "to" | "range"> & { from: string; to: string }

/** What the code of a failed raw row `h` says, with its row `c` of a code table. */
export const subcause = sql`
  case when c.cause <> 'none' then c.subcause
       when h.code is null then 'unspecified'
       else 'unmapped' end`

const when = <Value>(value: Value | undefined, condition: (value: Value) => Sql): Sql[] =>
  value === undefined ? [] : [condition(value)]

const isSelected = (of: Selection): Sql =>
  join(
    [
      sql`v.org_id = ${ownOrg}`,
      sql`v.happened_at >= ${of.from}::timestamptz and v.happened_at < ${of.to}::timestamptz`,
      ...when(of.store, (id) => sql`v.store_id = ${id}::bigint`),
      ...when(of.merchant, (id) => sql`z.merchant_id = ${id}::bigint`),
      ...when(of.region, (id) => sql`z.region_id = ${id}::bigint`),
      ...when(of.model, (id) => sql`t.model_id = ${id}::bigint`),
      ...when(of.terminal, (id) => sql`v.terminal_id = ${id}::bigint`),
      ...when(of.cause, (cause) => sql`v.cause = ${cause} and v.version > 0`),
      ...when(of.subcause, (name) => sql`${subcause} = ${name}`),
      ...when(of.code, (code) => sql`coalesce(h.code_system, '') || ':' || h.code = ${code}`),
      ...when(of.issuer, (bin) => sql`v.issuer = ${bin.slice(0, 6)} and starts_with(h.issuer_bin, ${bin})`),
      ...when(of.entryMode, (mode) => sql`v.entry_mode = ${mode}`),
      ...when(of.operator, (operator) => sql`v.operator = ${operator}`),
      ...when(of.acquirer, (id) => sql`v.acquirer_id = ${id}::bigint`),
      ...when(of.release, (release) => sql`h.release = ${release}`),
    ],
    " and ",
  )

/** Verdicts `v` of a selection with their raw rows `h`, codes `c`, terminals `t` and stores `z`. */
export const selected = (selection: Selection): Sql => sql`
    from verdict v
    join transaction h on h.terminal_id = v.terminal_id and h.id = v.id and h.at = v.at
    join terminal t on t.id = v.terminal_id
    join store z on z.id = v.store_id
    left join response_code c on c.id = h.response_code_id
   where ${isSelected(selection)}`
