/** The stores of a user's or key's row, null for all. PostgreSQL sends arrays of int8 as text. */
export const storesOf = ({ store_ids: ids }: { store_ids: string[] | null }): number[] | null =>
  ids?.map(Number) ?? null
