import sql, { join, type Sql } from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import { codeOfSale, subcauseOf } from "@/lib/fleet/code-packs/code-of-sale"
import type { FailedSaleFilter } from "@/lib/insight/failed-sales/schemas"

export type Selection = Omit<FailedSaleFilter, "from" | "to" | "range"> & { from: string; to: string }

/** What the code of a failed raw row `h` says, with its row `c` of a code table. */
export const subcause = subcauseOf("h")

/** So many digits of the card number are kept with a verdict. */
const issuerDigits = 6

const when = <Value>(value: Value | undefined, condition: (value: Value) => Sql): Sql[] =>
  value === undefined ? [] : [condition(value)]

/** An operator belongs to one store, by whose index the sales are found. */
const storeOf = (operator: string): string | null => /^\d{1,18}(?=:)/.exec(operator)?.[0] ?? null

/** What a verdict says, with its store `z` and its terminal `t`. */
const ofVerdict = (of: Selection): Sql[] => [
  sql`v.org_id = ${ownOrg}`,
  sql`v.happened_at >= ${of.from}::timestamptz and v.happened_at < ${of.to}::timestamptz`,
  ...when(of.store, (id) => sql`v.store_id = ${id}::bigint`),
  ...when(of.merchant, (id) => sql`z.merchant_id = ${id}::bigint`),
  ...when(of.region, (id) => sql`z.region_id = ${id}::bigint`),
  ...when(of.model, (id) => sql`t.model_id = ${id}::bigint`),
  ...when(of.terminal, (id) => sql`v.terminal_id = ${id}::bigint`),
  ...when(of.cause, (cause) => sql`v.cause = ${cause} and v.version > 0`),
  ...when(of.issuer, (bin) => sql`v.issuer = ${bin.slice(0, issuerDigits)}`),
  ...when(of.entryMode, (mode) => sql`v.entry_mode = ${mode}`),
  ...when(
    of.operator,
    (operator) => sql`v.operator = ${operator} and v.store_id = ${storeOf(operator)}::bigint`,
  ),
  ...when(of.acquirer, (id) => sql`v.acquirer_id = ${id}::bigint`),
]

type Copied = { kept: Sql; ofSale: Sql; value: string }

/** What a verdict keeps of the sale itself. One that was noted before it did has null. */
const copied = (of: Selection): Copied[] => [
  ...(of.subcause === undefined ? [] : [{ kept: sql`v.subcause`, ofSale: subcause, value: of.subcause }]),
  ...(of.code === undefined ? [] : [{ kept: sql`v.code`, ofSale: codeOfSale, value: of.code }]),
  ...(of.release === undefined ? [] : [{ kept: sql`v.release`, ofSale: sql`h.release`, value: of.release }]),
]

export const asksCopied = (selection: Selection): boolean => copied(selection).length > 0

/** What only the sale says. */
const ofSale = ({ issuer }: Selection): Sql[] =>
  issuer !== undefined && issuer.length > issuerDigits ? [sql`starts_with(h.issuer_bin, ${issuer})`] : []

/** Whether verdicts alone do not tell which sales are selected. */
export const asksSales = (selection: Selection): boolean => ofSale(selection).length > 0

const places = sql`
    join terminal t on t.id = v.terminal_id
    join store z on z.id = v.store_id`

/** Verdicts `v` of a selection that does not ask the sales, with their terminals `t` and stores `z`. */
export const selectedVerdicts = (selection: Selection): Sql => {
  const values = copied(selection).map(({ kept, value }) => sql`${kept} = ${value}`)
  return sql`
    from verdict v ${places}
   where ${join([...ofVerdict(selection), ...values], " and ")}`
}

/** The sale `h` of a verdict `v`, with its code `c`. */
export const saleOfVerdict = sql`
    join transaction h on h.terminal_id = v.terminal_id and h.id = v.id and h.at = v.at
    left join response_code c on c.id = h.response_code_id`

/** Verdicts `v` of a selection with their raw rows `h`, codes `c`, terminals `t` and stores `z`. */
export const selected = (selection: Selection): Sql => {
  const values = copied(selection).map(
    ({ kept, ofSale, value }) => sql`(${kept} = ${value} or ${kept} is null and ${ofSale} = ${value})`,
  )
  return sql`
    from verdict v ${saleOfVerdict} ${places}
   where ${join([...ofVerdict(selection), ...values, ...ofSale(selection)], " and ")}`
}
