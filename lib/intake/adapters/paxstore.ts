import { DateTime } from "luxon"
import { z } from "zod"
import { isKeptAsText } from "@/lib/base/text/exact-json"
import {
  defined,
  epoch,
  isoOfEpoch,
  measured,
  member,
  percentOf,
  type Adapter,
  type Reading,
} from "@/lib/intake/adapters/reading"

const networks = {
  NETWORK_WIFI: "wifi",
  WIFI: "wifi",
  ETHERNET: "ethernet",
  NETWORK_ETHERNET: "ethernet",
  "5G": "5g",
  "4G": "4g",
  "3G": "3g",
  "2G": "2g",
} as const

/** Memory and storage. A long number is text. */
const count = z.preprocess(
  (value) => (typeof value === "string" && isKeptAsText(value) ? Number(value) : value),
  z.number().min(0),
)

const PaxstoreTerminal = z.looseObject({
  serialNo: z.string({ error: "the answer does not name its terminal: add its serialNo" }).min(1).max(64),
  tid: z.string().max(64).nullish(),
  modelName: z.string().max(64).nullish(),
  merchantName: z.string().nullish(),
  /** Milliseconds since 1970. */
  lastAccessTime: epoch.nullish(),
  /** GoInsight: local time and its zone with a POSIX sign: Etc/GMT-8 is +08:00. */
  time: z.string().nullish(),
  timezone: z.string().nullish(),
  battery: measured,
  network: z.string().nullish(),
  /** 1 is one percent. */
  totalCpuUsage: measured,
  totalStorageUsage: count.nullish(),
  totalStorage: count.nullish(),
  totalRamUsage: count.nullish(),
  totalRAM: count.nullish(),
})
type PaxstoreTerminal = z.infer<typeof PaxstoreTerminal>

/** PAXSTORE's open API and GoInsight: single answers, pages, bundles of answers by call, or one terminal. */
export const paxstore: Adapter = {
  records: recordsIn,
  schema: PaxstoreTerminal,
  read: readTerminal,
  uses: [
    "serialNo",
    "tid",
    "modelName",
    "merchantName",
    "lastAccessTime",
    "time",
    "timezone",
    "battery",
    "network",
    "totalCpuUsage",
    "totalStorageUsage",
    "totalStorage",
    "totalRamUsage",
    "totalRAM",
  ],
}

function* recordsIn(value: unknown): Generator<unknown> {
  const page = pageOf(member(value, "pageInfo")) ?? pageOf(value)
  if (page) return yield* page
  const data = member(value, "data")
  const table = member(data, "rows")
  if (Array.isArray(table)) {
    for (const row of table) yield recordOfRow(row)
    return
  }
  if (data !== undefined) {
    // A usage answer names no terminal: the sender may add its name beside the data.
    const identity = defined({
      serialNo: member(value, "serialNo"),
      lastAccessTime: member(value, "lastAccessTime"),
    })
    for (const one of Array.isArray(data) ? data : [data]) yield { ...identity, ...(one as object) }
    return
  }
  const answers =
    typeof value === "object" && value !== null && !Array.isArray(value) ? Object.values(value) : []
  if (answers.length > 0 && answers.every((answer) => member(answer, "businessCode") !== undefined))
    for (const answer of answers) yield* recordsIn(answer)
  else if (Array.isArray(value)) yield* value
  else yield value
}

/** The API's pages use both spellings. */
function pageOf(value: unknown): unknown[] | null {
  const page = member(value, "dataset") ?? member(value, "dataSet")
  return Array.isArray(page) ? page : null
}

/** GoInsight sends numbers as text. */
const numericColumns: ReadonlySet<string> = new Set([
  "lastAccessTime",
  "battery",
  "totalCpuUsage",
  "totalStorageUsage",
  "totalStorage",
  "totalRamUsage",
  "totalRAM",
])

/** Turns a row of a GoInsight table, a list of {colName, value}, into a record. */
function recordOfRow(row: unknown): unknown {
  if (!Array.isArray(row)) return row
  return Object.fromEntries(
    row.flatMap((cell: unknown) => {
      const [name, value] = [member(cell, "colName"), member(cell, "value")]
      if (typeof name !== "string" || value === null || value === "") return []
      const isNumber =
        numericColumns.has(name) &&
        typeof value === "string" &&
        !Number.isNaN(Number(value)) &&
        !isKeptAsText(value)
      return [[name, isNumber ? Number(value) : value]]
    }),
  )
}

function readTerminal(terminal: PaxstoreTerminal): Reading | string {
  const at = timeOf(terminal)
  if (at === null) {
    const sent = terminal.lastAccessTime ?? terminal.time
    return `the time ${sent} cannot be read: send lastAccessTime in milliseconds, or time with its timezone`
  }
  const inventory = {
    serial: terminal.serialNo,
    tid: terminal.tid ?? undefined,
    model: terminal.modelName ?? undefined,
    merchant: terminal.merchantName ?? undefined,
  }
  const network = terminal.network?.toUpperCase()
  return {
    inventory,
    heartbeat:
      at === undefined
        ? null
        : {
            at,
            batteryPct: terminal.battery ?? undefined,
            networkType:
              network === undefined || network === "UNKNOWN"
                ? undefined
                : (networks[network as keyof typeof networks] ?? "other"),
            cpuPct: terminal.totalCpuUsage ?? undefined,
            storageUsedPct: percentOf(
              terminal.totalStorageUsage ?? undefined,
              terminal.totalStorage ?? undefined,
            ),
            memoryUsedPct: percentOf(terminal.totalRamUsage ?? undefined, terminal.totalRAM ?? undefined),
          },
  }
}

/** When the terminal was last seen: undefined if the record has no time, null if the time cannot be read. */
function timeOf({ lastAccessTime, time, timezone }: PaxstoreTerminal): string | undefined | null {
  const seenAt = isoOfEpoch(lastAccessTime)
  if (seenAt !== undefined || !time) return seenAt
  const local = DateTime.fromISO(time.replace(" ", "T"), timezone ? { zone: timezone } : { setZone: true })
  const hasZone = Boolean(timezone) || /(Z|[+-]\d{2}:?\d{2})$/.test(time)
  return local.isValid && hasZone && local.year >= 1 && local.year <= 9999 ? local.toISO() : null
}
