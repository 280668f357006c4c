import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { organisationZone } from "@/lib/access/organisation/own-organisation"
import { inOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { oneOf } from "@/lib/base/one-of"
import { startOfDates } from "@/lib/base/time/range"
import { helpLinkUrl } from "@/lib/fleet/terminals/help-link/token"
import { sendBy } from "@/lib/fleet/terminals/offline-sales"
import { warrantyBasis } from "@/lib/fleet/terminals/purchase/purchase"
import {
  newestCurrency,
  newestReports,
  terminalDetail,
  terminalHistory,
  terminalWithin,
  type DetailRow,
  type NewestReports,
} from "@/lib/fleet/terminals/read/detail-sql"
import { recentBeats, recentSales, trendHours } from "@/lib/fleet/terminals/read/records-sql"
import type { RecentRecords } from "@/lib/fleet/terminals/record-schemas"
import type { Terminal, Trend } from "@/lib/fleet/terminals/schemas"
import { mergedTerminals, terminalsAlike } from "@/lib/fleet/terminals/spellings-sql"
import { terminalModes } from "@/lib/fleet/terminals/words"

const iso = (at: Date | null): string | null => at?.toISOString() ?? null
const mostRecords = 50
const hourMs = 3_600_000

function onlyRow<Row>([row]: Row[]): Row {
  if (!row) throw new AppError("not_found", "This terminal does not exist.")
  return row
}

/** Returns one terminal with its state and history. */
export async function getTerminal({
  actor,
  terminalId,
}: {
  actor: Actor
  terminalId: number
}): Promise<Terminal> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const row = onlyRow(await terminalDetail(db, terminalId))
    const history = (await terminalHistory(db, terminalId)).map(
      ({ kind, value, from_at, to_at, by_name, note }) => ({
        kind,
        value,
        fromAt: from_at.toISOString(),
        toAt: iso(to_at),
        byName: by_name,
        note,
      }),
    )
    const [reports] = await newestReports(db, terminalId)
    const [newest] = row.offline_sales === null ? [] : await newestCurrency(db, terminalId)
    const alike = await terminalsAlike(db, terminalId)
    const others = await mergedTerminals(db, terminalId)
    const offline = offlineOf(row, newest?.currency ?? null)
    return { ...terminalOf(row), ...reportedOf(reports), ...mergesOf(others), offline, alike, history }
  })
}

type Merges = Pick<Terminal, "merged" | "mergedInto">

function mergesOf(others: Awaited<ReturnType<typeof mergedTerminals>>): Merges {
  const named = others.map(({ id, serial }) => ({ id, serial }))
  const at = others.findIndex(({ is_kept: isKept }) => isKept)
  return { mergedInto: named[at] ?? null, merged: named.filter((_, i) => i !== at) }
}

type Reported = Pick<Terminal, "position" | "isClockKnown">

function reportedOf(reports: NewestReports | undefined): Reported {
  const { position = null } = reports ?? {}
  return {
    isClockKnown: reports?.is_clock_known ?? false,
    position: position && {
      ...position,
      at: new Date(position.at).toISOString(),
      coordinates: position.coordinates === "gcj02" ? "gcj02" : "wgs84",
    },
  }
}

function offlineOf(row: DetailRow, currency: string | null): Terminal["offline"] {
  const { offline_sales: sales, offline_oldest_at: oldestAt, offline_hours: offlineHours } = row
  if (sales === null) return null
  const isWaiting = sales > 0 && oldestAt !== null
  return {
    sales,
    amountMinor: row.offline_amount_minor,
    currency,
    oldestAt: iso(oldestAt),
    sendBy: isWaiting ? iso(new Date(sendBy({ oldestAt: oldestAt.getTime(), offlineHours }))) : null,
  }
}

const measurementsOf = (row: DetailRow): Terminal["measurements"] => ({
  batteryPct: row.battery_pct,
  batteryHealthPct: row.battery_health_pct,
  charging: row.charging,
  temperatureC: row.temperature_c,
  networkType: row.network_type,
  carrier: row.carrier,
  signalDbm: row.signal_dbm,
  latencyMs: row.latency_ms,
  storageUsedPct: row.storage_used_pct,
  printerStatus: row.printer_status,
})

type Apart = "offline" | "history" | "alike" | keyof Reported | keyof Merges

const terminalOf = (row: DetailRow): Omit<Terminal, Apart> => ({
  id: row.id,
  serial: row.serial,
  tid: row.tid,
  status: row.status,
  model: row.model,
  codeSystem: row.code_system,
  labels: row.labels,
  supplier: row.supplier && { id: row.supplier.id, name: row.supplier.name },
  boughtOn: row.bought_on,
  warrantyUntil: row.warranty_until,
  warrantyBasis: warrantyBasis({
    supplier: row.supplier,
    boughtOn: row.bought_on,
    warrantyUntil: row.warranty_until,
  }),
  isWarrantyOver: row.is_warranty_over,
  helpLink: helpLinkUrl(row),
  tids: row.tids,
  store: {
    id: row.store_id,
    name: row.store_name,
    code: row.store_code,
    timeZone: row.time_zone,
    address: row.address,
    hasHours: row.has_hours,
  },
  merchant: row.merchant,
  onlineState: row.online_state ?? "unknown",
  onlineStateSince: iso(row.online_state_since),
  lastBeatAt: iso(row.last_beat_at),
  lastSaleAt: iso(row.last_sale_at),
  learntIntervalSeconds: row.learnt_interval_seconds,
  clockOffsetMs: row.clock_offset_ms ?? 0,
  measurements: measurementsOf(row),
  checks: {
    pinpad: row.pinpad_ok,
    reader: row.reader_ok,
    security: row.security_ok,
    host: row.host_reachable,
    tamper: row.tamper,
  },
  releases: {
    os: row.os,
    firmware: row.firmware,
    app: row.app,
    emvKernel: row.emv_kernel,
    securityPatch: row.security_patch,
  },
  mode: oneOf(terminalModes, row.mode),
  batchOpenedAt: iso(row.batch_opened_at),
})

/**
 * A terminal's measurements hour by hour: of the last dates in the organisation's zone, today included, or of
 * the last 24 hours for one day. Hours without a heartbeat are missing.
 */
export async function terminalTrend({
  actor,
  terminalId,
  days,
  now = new Date(),
}: {
  actor: Actor
  terminalId: number
  days: number
  now?: Date
}): Promise<Trend> {
  requirePermission(actor, "fleet:read")
  const to = new Date(Math.ceil(now.getTime() / hourMs) * hourMs)
  return inOrganisation(actor, async (db) => {
    onlyRow(await terminalWithin(db, terminalId))
    const start =
      days === 1
        ? to.getTime() - 24 * hourMs
        : startOfDates(now, { count: days, zone: await organisationZone(db) }).getTime()
    const from = new Date(Math.floor(start / hourMs) * hourMs)
    return {
      from: from.toISOString(),
      to: to.toISOString(),
      hours: (await trendHours(db, { terminalId, from, to })).map((row) => ({
        at: row.hour.toISOString(),
        beats: row.beats,
        batteryMinPct: row.battery_min_pct,
        temperatureMaxC: row.temperature_max_c,
        signalAvgDbm: row.signal_avg_dbm,
        latencyAvgMs: row.latency_avg_ms,
        storageMaxPct: row.storage_max_pct,
        clockFastMinutes: row.clock_fast_minutes,
      })),
    }
  })
}

/** The newest heartbeats and transactions as sent, in raw retention. */
export async function recentRecords({
  actor,
  terminalId,
}: {
  actor: Actor
  terminalId: number
}): Promise<RecentRecords> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    onlyRow(await terminalWithin(db, terminalId))
    return {
      beats: (await recentBeats(db, terminalId, mostRecords)).map((row) => ({
        at: row.at.toISOString(),
        receivedAt: iso(row.received_at),
        batteryPct: row.battery_pct,
        signalDbm: row.signal_dbm,
        networkType: row.network_type,
        printerStatus: row.printer_status,
        app: row.app,
        checksOk: row.checks_ok,
      })),
      sales: (await recentSales(db, terminalId, mostRecords)).map((row) => ({
        at: row.at.toISOString(),
        id: row.id,
        outcome: row.outcome,
        entryMode: row.entry_mode,
        amountMinor: row.amount_minor,
        currency: row.currency,
        operator: row.operator,
        codeSystem: row.code_system,
        code: row.code,
        cause: row.cause,
        meaningEn: row.meaning_en,
        meaningZh: row.meaning_zh,
        verdict:
          row.verdict_cause === null
            ? null
            : { cause: row.verdict_cause, share: row.verdict_share ?? 0, evidence: row.evidence ?? [] },
      })),
    }
  })
}
