import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { groupBy } from "@/lib/base/group-by"
import { localDay } from "@/lib/base/time/zone"
import { addMembers, closeIncidents, openIncidents } from "@/lib/insight/nights/incidents-sql"
import { offlineStores, silentTogether, type SiteRow } from "@/lib/insight/silence/silent-together"

const prefix = "silent store/"

/** Whether an incident is about a silent store, of which the engine knows nothing. */
export const isSilentStore = (subject: string): boolean => subject.startsWith(prefix)

const openAtStores = (db: Db, orgId: string) =>
  db.query<{ id: number; store_id: number; subject: string }>(sql`
  select id, store_id, subject from incident
   where org_id = ${orgId}::uuid and class = 'store network' and closed_at is null`)

/** While a store is silent as a whole, it is an incident, and its terminals get no flags. */
export async function keepSilentStores(
  db: Db,
  orgId: string,
  at: Date,
): Promise<{ incidentsOpened: number; incidentsClosed: number }> {
  const stores = await offlineStores(db, orgId)
  const silent = groupBy(await silentTogether(db, { stores, now: at }), ({ store_id: id }) => id)
  const live = await openAtStores(db, orgId)
  const over = live.filter((row) => isSilentStore(row.subject) && !silent.has(row.store_id))
  if (over.length > 0) await closeIncidents(db, { at, closed: over.map(({ id }) => ({ id, wider: null })) })
  const known = new Set(live.map((row) => row.store_id))
  const begun = new Map([...silent].filter(([store]) => !known.has(store)))
  const incidentsOpened = begun.size > 0 ? await open(db, { orgId, at, begun }) : 0
  return { incidentsOpened, incidentsClosed: over.length }
}

type Begun = { orgId: string; at: Date; begun: ReadonlyMap<number, readonly SiteRow[]> }

async function open(db: Db, { orgId, at, begun }: Begun): Promise<number> {
  const nobody = { terminal_id: null, model_id: null, acquirer_id: null, value: null, component: null }
  const numbers = { observed: 0, expected: 0, p: 0, quiet_hours: null }
  const opened = await openIncidents(db, {
    orgId,
    at,
    incidents: [...begun].map(([store, [terminal]]) => {
      const on = localDay(at, terminal?.time_zone ?? "UTC")
      const subject = `${prefix}${store}`
      const days = { first_on: on, last_on: on }
      return { class: "store network" as const, subject, store_id: store, ...nobody, ...numbers, ...days }
    }),
  })
  const idOf = new Map(opened.map(({ subject, id }) => [subject, id]))
  const members = [...begun.values()].flat().flatMap(({ terminal_id, store_id, time_zone }) => {
    const incident_id = idOf.get(`${prefix}${store_id}`)
    const on = localDay(at, time_zone)
    return incident_id === undefined
      ? []
      : [{ incident_id, terminal_id, store_id, on, observed: 0, expected: 0 }]
  })
  if (members.length > 0) await addMembers(db, { orgId, members })
  return opened.length
}
