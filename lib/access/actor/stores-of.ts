/** The stores that a row of a user or key names, null for all: PostgreSQL's arrays of int8 come as text. */
export const storesOf = ({ store_ids: ids }: { store_ids: string[] | null }): number[] | null =>
  ids?.map(Number) ?? null
