import type { Incident } from "@/lib/insight/incidents/schemas"
import type { IncidentRow } from "@/lib/insight/incidents/sql"

const named = (id: number | null, name: string | null) => (id === null ? null : { id, name: name ?? "" })

/** An incident as the API answers it. */
export const incidentOf = (row: IncidentRow): Incident => ({
  id: row.id,
  class: row.class,
  state: row.closed_at === null ? "open" : "closed",
  store: named(row.store_id, row.store_name),
  terminal: row.terminal_id === null ? null : { id: row.terminal_id, serial: row.serial ?? "" },
  model: named(row.model_id, row.model_name),
  acquirer: named(row.acquirer_id, row.acquirer_name),
  value: row.value,
  firstOn: row.first_on,
  lastOn: row.last_on,
  openedAt: row.opened_at.toISOString(),
  closedAt: row.closed_at?.toISOString() ?? null,
  mergedInto: row.merged_into,
  observed: row.observed,
  expected: row.expected,
  p: row.p,
  terminals: row.terminals,
})
