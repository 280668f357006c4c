import { raw } from "sql-template-tag"

/**
 * Ends an `insert ... select` into a table whose `id` is a sequence's, which never conflicts. Citus moves the
 * rows of such a statement by COPY, which row-level security refuses, but not if it names a conflict.
 */
export const byInsert = raw("on conflict (id) do nothing")

/** The same for batches, whose key begins with such an id. */
export const batchByInsert = raw("on conflict (id, terminal_id) do nothing")
