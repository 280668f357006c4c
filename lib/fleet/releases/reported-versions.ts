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

/**
 * The versions that `terminal_state st` reports, one row for each component. `version` is null if the
 * terminal did not report it.
 */
export const reportedVersions = sql`(values ${join(
  Object.entries(versionColumns).map(([component, column]) => sql`(${raw(`'${component}'`)}, ${column})`),
)}) reported (component, version)`
