import { asWorker, type Db } from "@/lib/base/db/transaction"
import { alone } from "@/lib/base/rounds/alone"
import { inTurns } from "@/lib/base/rounds/in-turns"
import { filledOrganisations } from "@/lib/base/rounds/organisations"
import { sumCounts } from "@/lib/base/rounds/sum-counts"
import { localDay } from "@/lib/base/time/zone"
import { incidentOf, isAlarm, reachOf } from "@/lib/insight/engine/alarms"
import { isOutage } from "@/lib/insight/engine/factors/issuer"
import { keyOf, type Trouble } from "@/lib/insight/engine/incidents/incident"
import { findOutages, outageTroubles } from "@/lib/insight/engine/incidents/outages"
import type { IssuerShare } from "@/lib/insight/engine/terms/input"
import { gates, shippedNull } from "@/lib/insight/engine/terms/settings"
import { namedOf } from "@/lib/insight/incidents/row-of"
import { issuersOf, nightSales, sharesIn, type NightSales } from "@/lib/insight/night-sums/night-sales"
import { dayNumber } from "@/lib/insight/night-sums/night-sums"
import { dayOf } from "@/lib/insight/nights/day-of"
import { hourFlags } from "@/lib/insight/nights/hour-flags"
import { areQuiet, lineTroubles, type Line } from "@/lib/insight/nights/hour-troubles"
import {
  acquirersNow,
  earlyIncidents,
  linesToday,
  noteQuiet,
  type EarlyRow,
} from "@/lib/insight/nights/hours-sql"
import {
  addMembers,
  closeIncidents,
  latestIncidents,
  openIncidents,
  type Member,
} from "@/lib/insight/nights/incidents-sql"
import { giveAcquirers } from "@/lib/insight/nights/night-input"
import { openFlags } from "@/lib/insight/nights/open-flags"
import { bookCorrections } from "@/lib/insight/verdicts/book-corrections"
import { millionths } from "@/lib/rollups/reference/rate-names"

const nothing = { flagsOpened: 0, incidentsOpened: 0, incidentsClosed: 0 }
type Settled = typeof nothing
/** Hours in a row without a sign, after which an incident is over. */
const quietHours = 2

/** Opens flags and incidents of all organisations that are too strong to wait for the night. */
export async function settleHours({ now }: { now: Date }): Promise<Settled> {
  const zones = new Map((await filledOrganisations()).map(({ id, zone }) => [id, zone]))
  return sumCounts(
    nothing,
    await inTurns({
      loop: "hours",
      orgIds: [...zones.keys()],
      work: async function* (orgId) {
        yield await settleHour({ orgId, zone: zones.get(orgId) ?? "UTC", now })
      },
    }),
  )
}

type Hour = { orgId: string; zone: string; now: Date }

/** Compares what has failed today with what was expected so far. */
export async function settleHour({ orgId, zone, now }: Hour): Promise<Settled> {
  await bookCorrections({ orgId })
  const { rows, ofTids } = await asWorker(async (db) => ({
    rows: await linesToday(db, { orgId, now }),
    ofTids: await acquirersNow(db, { orgId, now }),
  }))
  const sales = await nightSales({ orgId, day: localDay(now, zone) })
  giveAcquirers(sales, ofTids)
  const outages = findOutages(issuersOf(sales))
  const failing = outages.issuers.filter(isOutage)
  const shares = await sharesIn(sales, { orgId, troubled: failing, isOutage: failing.length > 0 })
  const lines = withoutOutages(linesOf(rows, { sales, ofTids }), shares, outages)
  const strong = outageTroubles(outages).filter(({ p }) => p < gates.certain)
  const found = [...strong, ...lineTroubles(lines.left)]
  const flags = await hourFlags({ orgId, zone, now })
  const settled = await alone({ round: "nights", orgId }, async (db) => {
    const incidentsClosed = await closeQuiet(db, { orgId, now, lines: lines.all })
    const flagsOpened = await openFlags(db, { orgId, at: now, flags })
    const incidentsOpened = await open(db, { orgId, now, found, lines: lines.all, shares })
    return { flagsOpened, incidentsOpened, incidentsClosed }
  })
  return settled ?? nothing
}

type Acquirers = { sales: NightSales; ofTids: Awaited<ReturnType<typeof acquirersNow>> }

function linesOf(
  rows: Awaited<ReturnType<typeof linesToday>>,
  { sales: { cells }, ofTids }: Acquirers,
): Line[] {
  // Of a large fleet, sales tell of a part of the terminals alone.
  const acquirers = new Map([
    ...cells.map(({ terminal_id: id, acquirer }) => [String(id), acquirer] as const),
    ...ofTids.map(({ id, acquirer }) => [id, acquirer] as const),
  ])
  return rows.map((row) => ({
    terminal: String(row.terminal_id),
    store: String(row.store_id),
    carrier: row.carrier,
    acquirer: acquirers.get(String(row.terminal_id)) ?? "",
    day: dayNumber(row.day),
    observed: row.observed,
    expected: row.expected / millionths,
    recent: { observed: row.recent_observed, expected: row.recent_expected / millionths },
  }))
}

/** What issuers and acquirers with an outage make fail says nothing of lines. */
function withoutOutages(
  all: Line[],
  shares: readonly IssuerShare[],
  { acquirers }: ReturnType<typeof findOutages>,
): { all: Line[]; left: Line[] } {
  const down = new Set(acquirers.map(({ acquirer }) => acquirer))
  const excess = new Map<string, number>()
  for (const { terminal, tech } of shares)
    excess.set(terminal, (excess.get(terminal) ?? 0) + Math.max(0, tech.observed - tech.expected))
  const left = all
    .filter(({ acquirer }) => !down.has(acquirer))
    .map((line) => ({ ...line, observed: Math.max(0, line.observed - (excess.get(line.terminal) ?? 0)) }))
  return { all, left }
}

type Opening = {
  orgId: string
  now: Date
  found: readonly Trouble[]
  lines: readonly Line[]
  shares: readonly IssuerShare[]
}

/** Opens what was found, and books today's bad lines to it. */
async function open(db: Db, opening: Opening): Promise<number> {
  const { orgId, now, found } = opening
  if (found.length === 0) return 0
  const latest = await latestIncidents(db, { orgId, subjects: found.map(({ subject }) => keyOf(subject)) })
  const rows = new Map(latest.map((row) => [row.subject, row]))
  const fresh = found.filter(({ subject, day }) => {
    const row = rows.get(keyOf(subject))
    // One that the hours have closed today came back within the day: that is for the night to say.
    return !row || (!row.is_open && row.last_on < dayOf(day))
  })
  const opened = await openIncidents(db, {
    orgId,
    at: now,
    incidents: fresh.map(({ subject, day, observed, expected, p }) => ({
      ...namedOf(subject, () => null),
      class: subject.cls,
      subject: keyOf(subject),
      component: null,
      first_on: dayOf(day),
      last_on: dayOf(day),
      observed,
      expected,
      p,
      // The night closes an issuer's: its hours are not counted by themselves.
      quiet_hours: subject.cls === "issuer" ? null : 0,
    })),
  })
  // What began before today gets today's terminals from the night.
  const begun = latest.filter((row) => row.is_open && found.some(({ day }) => row.first_on === dayOf(day)))
  const ids = new Map([...begun, ...opened].map(({ subject, id }) => [subject, id]))
  await book(db, ids, opening)
  return opened.length
}

/** Books today's bad lines to incidents that have begun today. */
async function book(
  db: Db,
  ids: ReadonlyMap<string, number>,
  { orgId, found, lines, shares }: Opening,
): Promise<void> {
  const open = reachOf(found.filter(({ subject }) => ids.has(keyOf(subject))))
  const buyers = new Set(shares.map(({ terminal, issuer }) => `${terminal}/${issuer}`))
  const members = lines.flatMap((line): Member[] => {
    const incident = isAlarm(line, shippedNull) ? incidentOf(line, "tech", { open, buyers }) : null
    const id = incident === null ? undefined : ids.get(incident)
    if (id === undefined) return []
    const { observed, expected } = line
    const [terminal_id, store_id] = [Number(line.terminal), Number(line.store)]
    return [{ incident_id: id, terminal_id, store_id, on: dayOf(line.day), observed, expected }]
  })
  if (members.length > 0) await addMembers(db, { orgId, members })
}

type Closing = { orgId: string; now: Date; lines: readonly Line[] }

async function closeQuiet(db: Db, { orgId, now, lines }: Closing): Promise<number> {
  const early = await earlyIncidents(db, orgId)
  const counted = early.flatMap((row) => {
    const reached = lines.filter((line) => isReached(row, line))
    // Without a sale there is no sign of its end either.
    if (reached.every(({ recent }) => recent.expected === 0)) return []
    return { id: row.id, quiet: areQuiet(reached) ? row.quiet_hours + 1 : 0 }
  })
  const over = counted.filter(({ quiet }) => quiet >= quietHours)
  if (counted.length > 0) await noteQuiet(db, counted)
  if (over.length > 0)
    await closeIncidents(db, { at: now, closed: over.map(({ id }) => ({ id, wider: null })) })
  return over.length
}

const isReached = ({ class: cls, store_id: store, acquirer_id: acquirer, value }: EarlyRow, line: Line) =>
  (cls === "store network" && line.store === String(store)) ||
  (cls === "acquirer" && line.acquirer === String(acquirer)) ||
  (cls === "carrier" && line.carrier === value)
