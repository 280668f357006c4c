import sql, { join, raw, type Sql } from "sql-template-tag"

/** PostgreSQL's text for a value of each type. A cursor may contain nothing else. */
const written = {
  text: /^/,
  int: /^-?\d{1,9}$/,
  bigint: /^-?\d{1,18}$/,
  numeric: /^-?\d{1,20}(\.\d{1,20})?$/,
  float8: /^-?\d{1,20}(\.\d{1,20})?(e[+-]\d{1,3})?$/,
  date: /^\d{4}-\d\d-\d\d$/,
  timestamptz: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/,
  uuid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/,
} as const

export type Key = { value: Sql; type: keyof typeof written }

/** A list's name with its order, and its sort keys. The keys together are unique. */
export type ListOrder = { list: string; keys: readonly [Key, ...Key[]]; isDescending?: boolean }

/** A row's keys, as text. */
export type Place = readonly string[]

/** The parts of a statement that reads a page: the row's keys, the condition, and the order. */
export type Slice = { place: Sql; condition: Sql; ordered: Sql }

/** Whether the texts of a cursor are valid keys of the list. */
export const isPlaceOf = ({ keys }: ListOrder, place: Place): boolean =>
  place.length === keys.length && keys.every(({ type }, i) => written[type].test(place[i] ?? ""))

const orderBy = (keys: ListOrder["keys"], isFalling: boolean): Sql =>
  sql`order by ${join(keys.map(({ value }) => sql`${value} ${raw(isFalling ? "desc" : "asc")}`))}`

/** The order of the whole list. */
export const ordered = ({ keys, isDescending = false }: ListOrder): Sql => orderBy(keys, isDescending)

/** At most `limit` rows after the keys `from`, or before them in the opposite order. */
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
    condition: from === null ? sql`true` : sql`(${values}) ${compare} (${join(start)})`,
    ordered: sql`${orderBy(keys, isFalling)} limit ${limit}`,
  }
}
