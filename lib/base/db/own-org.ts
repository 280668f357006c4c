import sql from "sql-template-tag"

/** The organisation of the transaction. Null if it has none. */
export const ownOrg = sql`nullif(current_setting('app.org_id', true), '')::uuid`
