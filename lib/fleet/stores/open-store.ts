import sql from "sql-template-tag"

/** Whether store `s` is not closed for good. */
export const isOpenStore = sql`
  (s.closed_on is null or s.closed_on > (now() at time zone s.time_zone)::date)`
