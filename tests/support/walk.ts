import { localDay } from "@/lib/base/time/zone"
import type { Cause } from "@/lib/fleet/code-packs/cause"
import { causes, channels } from "@/lib/fleet/code-packs/cause"
import { channelOf } from "@/lib/fleet/code-packs/channel"
import type { EntryMode } from "@/lib/fleet/code-packs/entry-mode"
import type { Subcause } from "@/lib/fleet/code-packs/subcauses"

/** A row of `transaction` or `heartbeat` as sent. */
export type Sale = {
  terminal_id: number
  id: string
  at: string
  clock_offset_ms: number
  outcome: "approved" | "declined" | "failed" | "cancelled" | "reversed"
  entry_mode: EntryMode | null
  card_ref: string | null
  amount_minor: number | null
  code_system: string | null
  code: string | null
  response_code_id: number | null
  release: string | null
  acquirer_id: number | null
  issuer_bin: string | null
  operator: string | null
}
export type Beat = {
  terminal_id: number
  at: string
  clock_offset_ms: number
  printer_lines: number | null
}

type Assignment = { storeId: number; from: number; to: number | null }
export type Fleet = {
  zones: Map<number, string>
  models: Map<number, number | null>
  assignments: Map<number, Assignment[]>
  codes: Map<number, { cause: Cause | "none"; subcause: Subcause }>
}

export const counted = [
  "beats",
  "printer_lines",
  "presentments",
  "failures",
  ...causes,
  "raw_attempts",
  "raw_failures",
  ...causes.map((cause) => `raw_${cause}`),
  "raw_cancelled",
  "ecommerce",
  ...channels.map((channel) => `ch_${channel}`),
]
export const segmentCounted = ["presentments", "failures", "raw_attempts", "raw_failures"]

type Counts = Record<string, number>
export const kinds = ["hours", "days", "placeHours", "placeDays", "beatHours", "segments"] as const
export type Sums = Record<(typeof kinds)[number], Map<string, Counts>>

const retryWithinMs = 180_000
const hourMs = 3_600_000
const timeOf = ({ at, clock_offset_ms: offset }: Sale | Beat) => Date.parse(at) + offset

const hourOf = (time: number) => new Date(Math.floor(time / hourMs) * hourMs).toISOString()

function add(sums: Map<string, Counts>, key: string, names: readonly string[], counts: Counts): void {
  const row = sums.get(key) ?? Object.fromEntries(names.map((name) => [name, 0]))
  for (const [name, count] of Object.entries(counts)) row[name] = (row[name] ?? 0) + count
  sums.set(key, row)
}

/** Where and on which day a terminal was; null where it was in no store. */
function placeOf({ assignments, zones }: Fleet, terminal: number, time: number) {
  const here = assignments.get(terminal)?.find(({ from, to }) => from <= time && (to === null || time < to))
  if (!here) return null
  return { storeId: here.storeId, day: localDay(new Date(time), zones.get(here.storeId) ?? "") }
}

/** Counts all sums in one walk over the rows, the first of each identity alone. */
export function walk(fleet: Fleet, { sales, beats }: { sales: Sale[]; beats: Beat[] }): Sums {
  const sums: Sums = {
    hours: new Map(),
    days: new Map(),
    placeHours: new Map(),
    placeDays: new Map(),
    beatHours: new Map(),
    segments: new Map(),
  }
  walkBeats(
    fleet,
    sums,
    firstOfEach(beats, ({ terminal_id: terminal, at }) => `${terminal} ${at}`),
  )
  walkSales(
    fleet,
    sums,
    firstOfEach(sales, ({ terminal_id: terminal, id, at }) => `${terminal} ${id} ${at}`),
  )
  return sums
}

const firstOfEach = <Row>(rows: Row[], identity: (row: Row) => string): Row[] => [
  ...new Map(rows.toReversed().map((row) => [identity(row), row])).values(),
]

function addToBuckets(fleet: Fleet, sums: Sums, { terminal, time, counts }: Bucketed) {
  const place = placeOf(fleet, terminal, time)
  if (!place) return null
  const hour = hourOf(time)
  add(sums.hours, `${terminal}|${hour}|${place.storeId}|${place.day}`, counted, counts)
  add(sums.days, `${terminal}|${place.day}|${place.storeId}`, counted, counts)
  for (const store of [place.storeId, 0]) {
    add(sums.placeHours, `${store}|${hour}|${place.day}`, counted, counts)
    add(sums.placeDays, `${store}|${place.day}`, counted, counts)
  }
  return place
}
type Bucketed = { terminal: number; time: number; counts: Counts }

function walkBeats(fleet: Fleet, sums: Sums, beats: Beat[]): void {
  const lines = new Map<number, number>()
  for (const beat of beats.toSorted((a, b) => timeOf(a) - timeOf(b) || (a.at < b.at ? -1 : 1))) {
    const { terminal_id: terminal, printer_lines: now } = beat
    const before = lines.get(terminal)
    const grown = now === null || before === undefined ? 0 : now >= before ? now - before : now
    if (now !== null) lines.set(terminal, now)
    const time = timeOf(beat)
    const place = addToBuckets(fleet, sums, { terminal, time, counts: { beats: 1, printer_lines: grown } })
    if (place) sums.beatHours.set(`${terminal}|${hourOf(time)}|${place.storeId}|${place.day}`, { beats: 1 })
  }
}

const customerOf = ({
  terminal_id: terminal,
  card_ref: card,
  amount_minor: amount,
  entry_mode: mode,
  id,
}: Sale) =>
  card !== null
    ? `${terminal} card ${card}`
    : amount !== null && mode !== null
      ? `${terminal} amount ${amount} ${mode}`
      : `${terminal} alone ${id}`

function walkSales(fleet: Fleet, sums: Sums, sales: Sale[]): void {
  const lastOf = new Map<string, { time: number; failed: boolean }>()
  const inOrder = sales
    .filter(({ outcome }) => outcome !== "reversed")
    .toSorted((a, b) => timeOf(a) - timeOf(b) || (a.id < b.id ? -1 : 1))
  for (const sale of inOrder) {
    const time = timeOf(sale)
    const before = lastOf.get(customerOf(sale))
    const failed = sale.outcome === "declined" || sale.outcome === "failed"
    const isRetry = before !== undefined && before.failed && time - before.time <= retryWithinMs
    lastOf.set(customerOf(sale), { time, failed })

    const fault = failed ? faultOf(fleet, sale) : null
    const attempt = { raw_attempts: 1, raw_failures: failed ? 1 : 0 }
    const presentment = isRetry ? {} : { presentments: 1, failures: failed ? 1 : 0 }
    const felt =
      fault && !isRetry ? { [fault.cause]: 1, ...(fault.channel && { [`ch_${fault.channel}`]: 1 }) } : {}
    const place = addToBuckets(fleet, sums, {
      terminal: sale.terminal_id,
      time,
      counts: {
        ...attempt,
        ...presentment,
        ...felt,
        ...(fault ? { [`raw_${fault.cause}`]: 1 } : {}),
        raw_cancelled: sale.outcome === "cancelled" ? 1 : 0,
        ecommerce: sale.entry_mode === "ecommerce" ? 1 : 0,
      },
    })
    if (!place) continue
    for (const [dimension, value] of Object.entries(valuesOf(fleet, sale, place.storeId)))
      for (const store of [place.storeId, 0])
        add(
          sums.segments,
          [store, place.day, dimension, value, fault?.cause ?? "", fault?.subcause ?? ""].join("|"),
          segmentCounted,
          { ...attempt, ...presentment },
        )
  }
}

function faultOf({ codes }: Fleet, { code, response_code_id: id, entry_mode: mode }: Sale) {
  const known = id === null ? undefined : codes.get(id)
  const [cause, subcause] =
    known && known.cause !== "none"
      ? ([known.cause, known.subcause] as const)
      : (["unknown", code === null ? "unspecified" : "unmapped"] as const)
  return { cause, subcause, channel: channelOf(subcause, mode) }
}

const valuesOf = ({ models }: Fleet, sale: Sale, storeId: number) => ({
  code: sale.code === null ? "" : `${sale.code_system ?? ""}:${sale.code}`,
  model: String(models.get(sale.terminal_id) ?? ""),
  release: sale.release ?? "",
  acquirer: String(sale.acquirer_id ?? ""),
  issuer: sale.issuer_bin ?? "",
  entryMode: sale.entry_mode ?? "",
  operator: sale.operator === null ? "" : `${storeId}:${sale.operator}`,
})
