import sql, { join, raw, type Sql } from "sql-template-tag"

/** How PostgreSQL writes a value of the type as text. A cursor holds nothing else. */
const written = {
  text: /^/,
  int: /^-?\d{1,9}$/,
  bigint: /^-?\d{1,18}$/,
  numeric: /^-?\d{1,20}(\.\d{1,20})?$/,
  float8: /^-?\d{1,20}(\.\d{1,20})?(e[+-]\d{1,3})?$/,
  timestamptz: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/,
  uuid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/,
} as const

export type Key = { value: Sql; type: keyof typeof written }

/** A list's name with its order, and the keys that it is ordered by: no two rows have all of them in common. */
export type ListOrder = { list: string; keys: readonly [Key, ...Key[]]; isDescending?: boolean }

/** A row's keys, as text. */
export type Place = readonly string[]

/** What a statement needs to read a page: what says where a row stands, which rows are meant, and in what order. */
export type Slice = { place: Sql; isMeant: Sql; ordered: Sql }

/** Whether a text of a cursor is a place of the list. */
export const isPlaceOf = ({ keys }: ListOrder, place: Place): boolean =>
  place.length === keys.length && keys.every(({ type }, i) => written[type].test(place[i] ?? ""))

const orderBy = (keys: ListOrder["keys"], isFalling: boolean): Sql =>
  sql`order by ${join(keys.map(({ value }) => sql`${value} ${raw(isFalling ? "desc" : "asc")}`))}`

/** The whole list in its order. */
export const ordered = ({ keys, isDescending = false }: ListOrder): Sql => orderBy(keys, isDescending)

/** At most `limit` rows after a place, or before it and then in the opposite order. */
export function sliceOf(
  { keys, isDescending = false }: ListOrder,
  { from, isBackwards, limit }: { from: Place | null; isBackwards: boolean; limit: number },
): Slice {
  const isFalling = isDescending !== isBackwards
  const values = join(keys.map(({ value }) => value))
  const start = keys.map(({ type }, i) => sql`${from?.[i]}::text::${raw(type)}`)
  const compare = raw(isFalling ? "<" : ">")
  return {
    place: sql`array[${join(keys.map(({ value }) => sql`(${value})::text`))}]`,
    isMeant: from === null ? sql`true` : sql`(${values}) ${compare} (${join(start)})`,
    ordered: sql`${orderBy(keys, isFalling)} limit ${limit}`,
  }
}
