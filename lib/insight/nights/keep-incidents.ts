import type { Db } from "@/lib/base/db/transaction"
import type { Day } from "@/lib/base/time/zone"
import { keyOf, type Incident } from "@/lib/insight/engine/incidents/incident"
import type { NightResult } from "@/lib/insight/engine/run-night"
import type { TerminalFacts } from "@/lib/insight/engine/terms/input"
import { mergesOf, type Open } from "@/lib/insight/incidents/merge"
import { namedOf } from "@/lib/insight/incidents/row-of"
import { dayOf } from "@/lib/insight/nights/day-of"
import {
  addMembers,
  closeIncidents,
  extendIncidents,
  latestIncidents,
  openIncidents,
  type Extended,
  type LatestRow,
  type NewIncident,
} from "@/lib/insight/nights/incidents-sql"
import { isSilentStore } from "@/lib/insight/nights/keep-silent-stores"

type Kept = {
  orgId: string
  at: Date
  day: Day
  terminals: readonly TerminalFacts[]
  result: Pick<NightResult, "state" | "alarms">
}

/**
 * Makes the open incidents those of the engine's state, and books terminals' bad days to them. Names those
 * that are part of a wider one now, which the engine is to forget.
 */
export async function keepIncidents(
  db: Db,
  night: Kept,
): Promise<{ incidentsOpened: number; incidentsClosed: number; merged: string[] }> {
  const { orgId, at, day, result } = night
  const found = [...result.state.incidents.values()]
  const latest = await latestIncidents(db, { orgId, subjects: found.map(({ subject }) => keyOf(subject)) })
  const rows = new Map(latest.map((row) => [row.subject, row]))
  const change = changesOf(night, found, rows)
  const added =
    change.opened.length > 0 ? await openIncidents(db, { orgId, at, incidents: change.opened }) : []
  if (change.extended.length > 0) await extendIncidents(db, { at, incidents: change.extended })
  const ids = new Map([...latest, ...added].map(({ subject, id }) => [subject, id]))
  const merges = mergesOf(openAfter(night, found, ids))
  const gone = latest.filter(
    (row) =>
      row.is_open &&
      row.class !== "ingest" &&
      !isSilentStore(row.subject) &&
      !result.state.incidents.has(row.subject) &&
      row.first_on <= day,
  )
  const closed = [
    ...gone.map(({ id }) => ({ id, wider: null })),
    ...[...merges].map(([id, wider]) => ({ id, wider })),
  ]
  if (closed.length > 0) await closeIncidents(db, { at, closed })
  await book(db, night, (subject) => {
    const id = ids.get(subject)
    return id === undefined ? id : (merges.get(id) ?? id)
  })
  const isMerged = (subject: string) => merges.has(ids.get(subject) ?? 0)
  const merged = [...result.state.incidents.keys()].filter(isMerged)
  return { incidentsOpened: added.length, incidentsClosed: closed.length, merged }
}

function changesOf(
  { day, terminals }: Kept,
  found: readonly Incident[],
  rows: ReadonlyMap<string, LatestRow>,
) {
  const stores = new Map(terminals.map(({ id, store }) => [id, Number(store)]))
  const opened: NewIncident[] = []
  const extended: Extended[] = []
  for (const incident of found) {
    const subject = keyOf(incident.subject)
    const { observed, expected, p } = incident
    const lastOn = dayOf(incident.lastSeenOn)
    const before = rows.get(subject)
    // The hours may have closed it on the day that the night now sees.
    const isKnown = before && (before.is_open || before.last_on >= lastOn)
    if (isKnown && lastOn < day) continue
    if (isKnown) extended.push({ id: before.id, last_on: lastOn, observed, expected, p })
    else
      opened.push({
        ...namedOf(incident.subject, (terminal) => stores.get(terminal) ?? null),
        class: incident.subject.cls,
        subject,
        component: incident.component ?? null,
        first_on: lastOn,
        last_on: lastOn,
        observed,
        expected,
        p,
        quiet_hours: null,
      })
  }
  return { opened, extended }
}

/** Open incidents with the carrier that they are at. */
function openAfter(
  { terminals }: Kept,
  found: readonly Incident[],
  ids: ReadonlyMap<string, number>,
): Open[] {
  const carriers = new Map(terminals.map(({ store, carrier }) => [store, carrier]))
  return found.flatMap(({ subject, openedOn, lastSeenOn }) => {
    const id = ids.get(keyOf(subject))
    const reaches =
      subject.cls === "carrier"
        ? subject.carrier
        : subject.cls === "store network"
          ? (carriers.get(subject.store) ?? null)
          : null
    return id === undefined
      ? []
      : [{ id, class: subject.cls, firstOn: dayOf(openedOn), lastOn: dayOf(lastSeenOn), reaches }]
  })
}

async function book(
  db: Db,
  { orgId, day, terminals, result }: Kept,
  idOf: (subject: string) => number | undefined,
): Promise<void> {
  const stores = new Map(terminals.map(({ id, store }) => [id, Number(store)]))
  const members = result.alarms.flatMap(({ terminal, incident, observed, expected }) => {
    const [id, storeId] = [incident === null ? undefined : idOf(incident), stores.get(terminal)]
    return id === undefined || storeId === undefined
      ? []
      : [{ incident_id: id, terminal_id: Number(terminal), store_id: storeId, on: day, observed, expected }]
  })
  if (members.length > 0) await addMembers(db, { orgId, members })
}
