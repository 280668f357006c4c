import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { closeIncidents, openIncidents } from "@/lib/insight/nights/incidents-sql"

const read = (db: Db, orgId: string) =>
  db.query<{ from_on: string | null; incident_id: number | null }>(sql`
  select (select (u.from_at at time zone o.time_zone)::date from own_outage u
           where u.org_id = o.id and u.to_at is null order by u.from_at limit 1) as from_on,
         (select i.id from incident i
           where i.org_id = o.id and i.class = 'ingest' and i.closed_at is null) as incident_id
    from organisation o where o.id = ${orgId}::uuid`)

/** While an outage of our own goes on, it is an incident. */
export async function keepIngest(
  db: Db,
  orgId: string,
  at: Date,
): Promise<{ incidentsOpened: number; incidentsClosed: number }> {
  const [row] = await read(db, orgId)
  const from = row?.from_on ?? null
  const id = row?.incident_id ?? null
  if (from !== null && id === null) {
    const whole = { store_id: null, terminal_id: null, model_id: null, acquirer_id: null, value: null }
    const numbers = { component: null, observed: 0, expected: 0, p: 0, quiet_hours: null }
    const days = { first_on: from, last_on: from }
    const incidents = [{ class: "ingest" as const, subject: "ingest", ...whole, ...numbers, ...days }]
    const opened = await openIncidents(db, { orgId, at, incidents })
    return { incidentsOpened: opened.length, incidentsClosed: 0 }
  }
  if (from === null && id !== null) {
    await closeIncidents(db, { at, closed: [{ id, wider: null }] })
    return { incidentsOpened: 0, incidentsClosed: 1 }
  }
  return { incidentsOpened: 0, incidentsClosed: 0 }
}
