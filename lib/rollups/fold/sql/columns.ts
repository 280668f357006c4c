// What the fold carries from beat to beat.

/** Cumulative counters of a heartbeat, as its columns, the rollups' and the tail's are named. */
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
] as const

/** What a terminal's state keeps of its newest beats. */
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
] as const

/** By how much a counter grew since the beat before. A decrease is a reset: it began at zero again. */
export const increments = (alias: string, beforeOf: (name: string, place: number) => string): string =>
  counters
    .map((name, i) => {
      const [now, before] = [`${alias}.${name}`, beforeOf(name, i + 1)]
      return `case when ${now} >= ${before} then ${now} - ${before}
                   when ${before} is not null then ${now} end as ${name}`
    })
    .join(", ")

/** The measures that hours and days are made of. */
export const measures = "app, battery_pct, temperature_c, signal_dbm, latency_ms, storage_used_pct"

/** What sales are kept by, and where a `sale` has it. */
export const dimensions = {
  code: "code",
  model: "model",
  release: "release",
  acquirer: "acquirer",
  issuer: "issuer",
  entryMode: "entry_mode",
  operator: "operator",
} as const
