import sql from "sql-template-tag"

/** Whether the last week of `wear` was one at store `s`, where the terminal has been since `p.from_at`. */
export const isOfStore = sql`p.from_at < (wear.week + 7)::timestamp at time zone s.time_zone`
