import sql, { join, raw, type Sql } from "sql-template-tag"
import type { Component } from "@/lib/fleet/catalogue/components"

/** The column of `terminal_state st` with a component's version. */
export const versionColumns: Record<Component, Sql> = {
  os: sql`st.os`,
  firmware: sql`st.firmware`,
  app: sql`st.app`,
  emvKernel: sql`st.emv_kernel`,
  securityPatch: sql`st.security_patch::text`,
}

const names = Object.keys(versionColumns).map((component) => raw(`'${component}'`))

/**
 * The versions that `terminal_state st` reports, one row for each component. `version` is null if the
 * terminal did not report it. Citus takes no `values` with a date as text.
 */
export const reportedVersions = sql`
  unnest(array[${join(names)}], array[${join(Object.values(versionColumns))}]) reported (component, version)`
