import sql, { raw, type Sql } from "sql-template-tag"

/**
 * Whether two attempts at a terminal are of one customer, as in the presentment rule: by card; without one by
 * amount and entry mode.
 */
export const sameCustomer = (one: string, other: string): Sql => {
  const [a, b] = [raw(one), raw(other)]
  return sql`
    coalesce(
      case when ${a}.card_ref is not null or ${b}.card_ref is not null
           then ${a}.card_ref = ${b}.card_ref
           else ${a}.amount_minor = ${b}.amount_minor and ${a}.entry_mode = ${b}.entry_mode end, false)`
}

/**
 * Whether attempt `one` is a retry, an aggregate over the attempts `other` at its terminal: the customer's
 * attempt before it failed, up to 180 s earlier.
 */
export const isRetryOf = (one: string, other: string): Sql => {
  const [a, b] = [raw(one), raw(other)]
  return sql`
    coalesce((array_agg(${b}.outcome in ('declined', 'failed') order by ${b}.at desc, ${b}.id desc)
      filter (where (${b}.at, ${b}.id) < (${a}.at, ${a}.id) and ${b}.at >= ${a}.at - interval '180 s'
        and ${b}.outcome <> 'reversed' and ${sameCustomer(one, other)}))[1], false)`
}
