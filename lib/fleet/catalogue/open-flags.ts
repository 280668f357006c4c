import sql from "sql-template-tag"

/** Flag `f` is snoozed, or muted by maintenance, now. */
export const isQuiet = sql`coalesce(greatest(f.snoozed_until, f.muted_until) > now(), false)`

/** Flag `f` is open and asks for somebody now: what lists count. */
export const isAsking = sql`(f.status = 'open' and not ${isQuiet})`
