import { wrongClockFromMs } from "@/lib/base/time/clock"
import { batteryGoodFrom, batteryWornAt, storageFreeBelow, storageFullAt } from "@/lib/fleet/terminals/wear"
// The values that the fold keeps from beat to beat.

/**
 * Cumulative counters of a heartbeat. The columns of heartbeats, rollups and tails have the same names. A new
 * counter comes last, because `terminal_day.reset_counters` has a bit for each by its place.
 */
export const counters = [
  "reboots",
  "network_errors",
  "printer_lines",
  "chip_reads",
  "chip_failures",
  "tap_reads",
  "tap_failures",
  "swipe_reads",
  "swipe_failures",
  "app_crashes",
] as const

/** The fields of a terminal's newest beats that its state keeps. */
export const stateFields = [
  "battery_pct",
  "battery_health_pct",
  "charging",
  "temperature_c",
  "network_type",
  "signal_dbm",
  "latency_ms",
  "storage_used_pct",
  "printer_status",
  "pinpad_ok",
  "reader_ok",
  "security_ok",
  "host_reachable",
  "tamper",
  "os",
  "firmware",
  "app",
  "emv_kernel",
  "security_patch",
  "carrier",
  "mode",
  "batch_opened_at",
  "offline_sales",
  "offline_amount_minor",
  "offline_oldest_at",
] as const

/** Fields that are said of another one, and are unknown where a heartbeat has that one alone. */
export const saidOf: Readonly<Record<string, (typeof stateFields)[number]>> = {
  offline_amount_minor: "offline_sales",
  offline_oldest_at: "offline_sales",
}

/** The fields that rules of insight read: when one changes, they look at the terminal again. */
export const watchedFields = [
  "pinpad_ok",
  "reader_ok",
  "security_ok",
  "tamper",
  "os",
  "firmware",
  "app",
  "emv_kernel",
  "security_patch",
  "offline_oldest_at",
] as const satisfies readonly (typeof stateFields)[number][]

/** Limits of other fields that rules read: when one is passed, in either direction, they look again. */
export const watchedLimits: readonly {
  field: (typeof stateFields)[number] | "clock_offset_ms"
  passes: string
}[] = [
  { field: "printer_status", passes: "= 'out_of_order'" },
  { field: "storage_used_pct", passes: `>= ${storageFullAt}` },
  { field: "storage_used_pct", passes: `< ${storageFreeBelow}` },
  { field: "battery_health_pct", passes: `<= ${batteryWornAt}` },
  { field: "battery_health_pct", passes: `>= ${batteryGoodFrom}` },
  { field: "offline_sales", passes: "> 0" },
  { field: "mode", passes: "= 'maintenance'" },
  { field: "clock_offset_ms", passes: `not between ${-wrongClockFromMs} and ${wrongClockFromMs}` },
  { field: "clock_offset_ms", passes: "= 0" },
]

/**
 * The increment of each counter since the beat before, from their difference. A negative one is a reset: the
 * counter restarted at zero.
 */
export const increments = (alias: string, differenceOf: (name: string) => string): string =>
  counters
    .map((name) => {
      const difference = differenceOf(name)
      return `case when ${difference} >= 0 then ${difference}
                   when ${difference} < 0 then ${alias}.${name} end as ${name}`
    })
    .join(", ")

/** The bit of a counter in `terminal_day.reset_counters`. */
export const resetBit = (name: (typeof counters)[number]): number => 1 << counters.indexOf(name)

/** The bits of the counters that were reset since the beat before. Hardly any beat has one. */
export const resets = (differenceOf: (name: string) => string): string => {
  const bits = counters.map((name) => `case when ${differenceOf(name)} < 0 then ${resetBit(name)} else 0 end`)
  return `case when least(${counters.map(differenceOf).join(", ")}) < 0 then ${bits.join(" | ")}
               else 0 end as resets`
}

/** The components other than the app, whose versions days have. */
export const versions = ["os", "firmware", "emv_kernel", "security_patch"] as const

const asMeasured = [
  "app",
  "os",
  "firmware",
  "emv_kernel",
  "battery_pct",
  "battery_health_pct",
  "temperature_c",
  "latency_ms",
  "storage_used_pct",
]
/** The faults of a printer. Paper and the cover are the store's own task. */
const printerErrors = "'jam', 'overheated', 'out_of_order'"

/** The measurements from which hours and days are computed, of a heartbeat. */
export const measured = [
  ...asMeasured,
  "security_patch::text as security_patch",
  "round(signal_dbm * 1000)::bigint as signal_mdbm",
  `printer_status in (${printerErrors}) as printer_failed`,
].join(", ")
/** Their names. */
export const measures = [...asMeasured, "security_patch", "signal_mdbm", "printer_failed"].join(", ")

/** The dimensions of segments, with the column of `sale` for each. */
export const dimensions = {
  code: "code",
  model: "model",
  release: "release",
  acquirer: "acquirer",
  issuer: "issuer",
  entryMode: "entry_mode",
  operator: "operator",
} as const
