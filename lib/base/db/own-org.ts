import sql from "sql-template-tag"

/** The organisation that the transaction is for; null where it is for none. */
export const ownOrg = sql`nullif(current_setting('app.org_id', true), '')::uuid`
