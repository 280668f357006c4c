import type { Db } from "@/lib/base/db/transaction"
import { groupBy } from "@/lib/base/group-by"
import { readWindows } from "@/lib/fleet/maintenance/read-windows"
import { defaultIntervalSeconds } from "@/lib/fleet/terminals/interval"
import type { LiveFlag } from "@/lib/insight/flags/advance"
import {
  lastBeats,
  lastFixes,
  liveFlags,
  readFacts,
  type FactRow,
  type LiveRow,
} from "@/lib/insight/flags/detect-sql"
import type { TerminalFacts } from "@/lib/insight/flags/facts"
import { reportsOf, type Report } from "@/lib/insight/flags/last-reports"
import { normalGaps } from "@/lib/insight/flags/normal-gaps"
import { wearFactsOf, type WearFacts } from "@/lib/insight/flags/wear-facts"
import { fixesToMove, type Fix } from "@/lib/insight/positions/away"
import type { Position } from "@/lib/insight/positions/metres-between"
import { flapsOf, flapsToFlag } from "@/lib/insight/silence/flapping"
import { lastSignOf } from "@/lib/insight/silence/last-sign"
import { missedOpening } from "@/lib/insight/silence/missed-opening"
import { outagesOf } from "@/lib/insight/silence/outages"
import { silentSeconds, type Silence } from "@/lib/insight/silence/silence-plan"
import { flappingTogether, silentTogether, withOthersUp } from "@/lib/insight/silence/silent-together"
import { terminalTimes, type TerminalTime } from "@/lib/insight/silence/terminal-times"
import { weekOf } from "@/lib/insight/silence/week-row"

/** A terminal with `next_look_at` as it was read, as text. */
export type Read = { facts: TerminalFacts; lookAt: string | null; isRecovering: boolean }

type Chosen = { orgId: string; now: Date; ids: readonly number[]; live: readonly LiveFlag[] }

/** What the rules know of terminals. */
export async function readTerminals(db: Db, { orgId, now, ids, live }: Chosen): Promise<Read[]> {
  const rows = await readFacts(db, ids)
  const since = rows.reduce((least, row) => Math.min(least, lastSignOf(row, now) ?? least), +now)
  const outages = await outagesOf(db, { orgId, since: new Date(since) })
  const gapsOf = await gapsOfFlagged(db, { rows, live, now })
  const fixesOf = await fixesAround(db, rows, now)
  const wearOf = await wearFactsOf(db, { orgId, rows, now })
  const offline = rows.filter((row) => row.online_state === "offline")
  const together = await silentTogether(db, { stores: offline.map((row) => row.store_id), now })
  const withSite = new Set(together.map((one) => one.terminal_id))
  const flapping = rows.filter((row) => flapsOf(row, now) >= flapsToFlag)
  const flappers = await flappingTogether(db, { stores: flapping.map((row) => row.store_id), now })
  const withLine = new Set(flappers.map((one) => one.terminal_id))
  const windows = await readWindows(db, { orgId, from: new Date(since) })
  const timeOf = terminalTimes({ outages, windows, from: since, now: now.getTime() })
  const reportOf = await reportsOf(db, { rows, now, calendarOf: (row) => timeOf(row).calendar })
  const openingOf = await openingsOf(db, { rows, timeOf, now })
  return rows.map((row) => {
    const facts = factsOf(row, timeOf(row), {
      now,
      isSiteSilent: withSite.has(row.terminal_id),
      isSiteFlapping: withLine.has(row.terminal_id),
      opening: openingOf(row),
      normalGaps: gapsOf(row),
      fixes: fixesOf(row),
      report: reportOf(row),
      wear: wearOf(row),
    })
    return { facts, lookAt: row.look_at, isRecovering: row.is_recovering }
  })
}

/** Where no flag of silence may clear, gaps do not matter. */
const allGaps = 3

type Flagged = { rows: readonly FactRow[]; live: readonly LiveFlag[]; now: Date }

async function gapsOfFlagged(db: Db, { rows, live, now }: Flagged): Promise<(row: FactRow) => number> {
  const silent = new Set(live.flatMap(({ rule, terminalId }) => (rule === "silent" ? [terminalId] : [])))
  const mayClear = (row: FactRow) => silent.has(row.terminal_id) && row.online_state !== "offline"
  const ids = rows.filter(mayClear).map((row) => row.terminal_id)
  const found = ids.length > 0 ? await lastBeats(db, ids) : []
  const beatsOf = new Map(found.map(({ id, beats }) => [id, beats]))
  return (row) =>
    mayClear(row)
      ? normalGaps({
          beats: beatsOf.get(row.terminal_id) ?? [],
          intervalSeconds: row.learnt_interval_seconds ?? defaultIntervalSeconds,
          now: now.getTime(),
        })
      : allGaps
}

/** The last positions of terminals whose store has a position. */
async function fixesAround(db: Db, rows: readonly FactRow[], now: Date): Promise<(row: FactRow) => Fix[]> {
  const ids = rows.filter((row) => positionOf(row) !== null).map((row) => row.terminal_id)
  const found = ids.length > 0 ? await lastFixes(db, { ids, now, most: fixesToMove }) : []
  const fixesOf = groupBy(found, ({ id }) => id)
  return (row) =>
    (fixesOf.get(row.terminal_id) ?? []).map(({ lat, lon, coordinates, accuracy_m: accuracyM }) => ({
      lat,
      lon,
      coordinates,
      accuracyM,
    }))
}

type Timed = { rows: readonly FactRow[]; timeOf: (row: FactRow) => TerminalTime; now: Date }

/** The openings that suspect terminals have missed. */
async function openingsOf(
  db: Db,
  { rows, timeOf, now }: Timed,
): Promise<(row: FactRow) => TerminalFacts["opening"]> {
  const missed = new Map(
    rows.flatMap((row) => {
      const silence = row.online_state === "suspect" ? silenceOf(row, timeOf(row), now) : null
      const opening = silence && missedOpening(silence, now.getTime())
      return opening ? [[row, opening] as const] : []
    }),
  )
  const openings = [...missed].map(([row, { at }]) => ({
    terminal: row.terminal_id,
    store: row.store_id,
    at,
  }))
  const withOthers = await withOthersUp(db, { openings, now })
  return (row) => {
    const opening = missed.get(row)
    return opening ? { ...opening, isStoreUp: withOthers.has(row.terminal_id) } : null
  }
}

function silenceOf(row: FactRow, time: TerminalTime, now: Date): Silence | null {
  const lastSignAt = lastSignOf(row, now)
  const intervalSeconds = row.learnt_interval_seconds ?? defaultIntervalSeconds
  return lastSignAt === null ? null : { ...time, lastSignAt, intervalSeconds, week: weekOf(row) }
}

/** Stores' positions are WGS-84. */
const positionOf = ({ latitude: lat, longitude: lon }: FactRow): Position | null =>
  lat === null || lon === null ? null : { lat, lon, coordinates: "wgs84" }

type Moment = {
  now: Date
  isSiteSilent: boolean
  isSiteFlapping: boolean
  opening: TerminalFacts["opening"]
  normalGaps: number
  fixes: Fix[]
  report: Report
  wear: WearFacts
}

function factsOf(row: FactRow, time: TerminalTime, { now, report, wear, ...seen }: Moment): TerminalFacts {
  const silence = row.online_state === "offline" ? silenceOf(row, time, now) : null
  return {
    terminalId: row.terminal_id,
    storeId: row.store_id,
    status: row.status,
    zone: row.time_zone,
    hasHours: time.hasHours,
    closesAt: time.closesAt,
    maintenance: time.maintenance,
    lastBeatAt: row.last_beat_at?.getTime() ?? null,
    intervalSeconds: row.learnt_interval_seconds ?? defaultIntervalSeconds,
    silentSeconds: silence ? silentSeconds(silence, now.getTime()) : 0,
    onlineState: row.online_state,
    flaps: flapsOf(row, now),
    flappedAt: row.flapped_at?.getTime() ?? null,
    open: time.open,
    clockOffsetMs: row.clock_offset_ms,
    mode: row.mode,
    ...report,
    ...wear,
    checks: { pinpad: row.pinpad_ok, reader: row.reader_ok, security: row.security_ok, tamper: row.tamper },
    versions: {
      os: row.os,
      firmware: row.firmware,
      app: row.app,
      emvKernel: row.emv_kernel,
      securityPatch: row.security_patch,
    },
    storageUsedPct: row.storage_used_pct,
    batteryHealthPct: row.battery_health_pct,
    printerStatus: row.printer_status,
    trends: row.trends ?? {},
    unsent: unsentOf(row),
    storePosition: positionOf(row),
    ...seen,
    lastSaleAt: row.last_sale_at?.getTime() ?? null,
    activeSince: row.status_since.getTime(),
    knownSince: row.created_at.getTime(),
    bornOn: row.born_on,
    warrantyUntil: row.warranty_until,
    model:
      row.model_id === null
        ? null
        : { id: row.model_id, name: row.model_name ?? "", useEndOn: row.use_end_on },
  }
}

/** The candidates and open flags of terminals. */
export const readLiveFlags = async (db: Db, chosen: Parameters<typeof liveFlags>[1]): Promise<LiveFlag[]> =>
  (await liveFlags(db, chosen)).map(liveFlagOf)

const liveFlagOf = (row: LiveRow): LiveFlag => ({
  id: row.id,
  rule: row.rule,
  kind: row.kind,
  subject: row.subject,
  terminalId: row.terminal_id,
  storeId: row.store_id,
  status: row.status,
  sinceAt: row.since_at.getTime(),
  openedAt: row.opened_at?.getTime() ?? null,
  closedAt: null,
  evaluatedAt: row.evaluated_at.getTime(),
  reasons: row.reasons,
  holdRuns: row.hold_runs,
  clearRuns: row.clear_runs,
})

function unsentOf(row: FactRow): TerminalFacts["unsent"] {
  const { offline_sales: sales, offline_oldest_at: oldestAt } = row
  if (sales === null || sales === 0 || oldestAt === null) return null
  return {
    sales,
    amountMinor: row.offline_amount_minor,
    currency: row.currency,
    oldestAt: oldestAt.getTime(),
    offlineHours: row.offline_hours,
  }
}
