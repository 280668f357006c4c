import { raw } from "sql-template-tag"

/**
 * States to be joined from outside. Citus 13.2 crashes on an outer join with a distributed table that has
 * policies, and does not if it is a subselect.
 */
export const statesOf = raw("(select * from terminal_state)")
