// Apart from the schemas, so that screens can use them without loading zod.

/**
 * What reaches a limit: per cent of a battery and of the storage, kilometres printed, hours with printer
 * errors per 1,000 receipts, insertions, swipes, and the dBm that nine tenths of a day's signals are above.
 */
export const signals = [
  "battery",
  "storage",
  "printer_head",
  "printer_errors",
  "chip_reader",
  "magstripe_reader",
  "signal",
] as const
export type Signal = (typeof signals)[number]

/** Printer errors come too irregularly for a date: only what they were lately counts. */
export const hasDueDate = (signal: Signal): boolean => signal !== "printer_errors"

/** Cumulative counters of heartbeats, as the contract names them. */
export const counterNames = [
  "reboots",
  "networkErrors",
  "printerLines",
  "chipReads",
  "chipFailures",
  "tapReads",
  "tapFailures",
  "swipeReads",
  "swipeFailures",
  "appCrashes",
] as const
export type CounterName = (typeof counterNames)[number]

/** Which bounds of the day at which a limit is reached are known. */
export const boundsOf = ({ early, late }: { early: string | null; late: string | null }) =>
  early === null ? (late === null ? "none" : "late") : late === null ? "early" : "both"
