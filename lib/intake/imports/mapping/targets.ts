import type { TerminalEntry } from "@/lib/fleet/terminals/schemas"
import { terminalFields } from "@/lib/fleet/terminals/words"
import type { Heartbeat } from "@/lib/intake/heartbeats/schemas"
import type { Transaction } from "@/lib/intake/transactions/schemas"

/**
 * What a column of a file can be. Most targets are fields of the contract; the others are combined into
 * fields.
 */
export const commonTargets = ["ignore", "terminal", "at", "date", "time"] as const

export const transactionTargets = [
  "id",
  "outcome",
  "status",
  "code",
  "codeSystem",
  "type",
  "cardNumber",
  "cardRef",
  "amount",
  "amountOut",
  "amountMinor",
  "currency",
  "entryMode",
  "operator",
  "trace",
  "rrn",
  "batch",
  "original",
  "acquirer",
  "scheme",
  "issuerBin",
  "durationMs",
  "release",
  "reversalReason",
] as const satisfies (
  | keyof Transaction
  | "status"
  | "type"
  | "cardNumber"
  | "amount"
  | "amountOut"
  | "trace"
  | "original"
)[]

export const heartbeatTargets = [
  "serial",
  "tid",
  "model",
  "store",
  "batteryPct",
  "batteryHealthPct",
  "batteryCycles",
  "charging",
  "temperatureC",
  "networkType",
  "signalDbm",
  "latencyMs",
  "networkErrors",
  "storageUsedPct",
  "memoryUsedPct",
  "cpuPct",
  "printerStatus",
  "printerLines",
  "uptimeSeconds",
  "reboots",
  "chipReads",
  "chipFailures",
  "tapReads",
  "tapFailures",
  "swipeReads",
  "swipeFailures",
  "pinpadOk",
  "readerOk",
  "securityOk",
  "hostReachable",
  "tamper",
  "os",
  "firmware",
  "app",
  "emvKernel",
  "securityPatch",
  "attempts",
  "approvals",
  "lat",
  "lon",
] as const satisfies (keyof Heartbeat)[]

export const terminalTargets = terminalFields satisfies readonly (keyof TerminalEntry)[]
export type TerminalTarget = (typeof terminalTargets)[number]

export type Target =
  | (typeof commonTargets)[number]
  | (typeof transactionTargets)[number]
  | (typeof heartbeatTargets)[number]
  | TerminalTarget
export const targets: readonly Target[] = [
  ...new Set<Target>([...commonTargets, ...transactionTargets, ...heartbeatTargets, ...terminalTargets]),
]

export const recordFileKinds = ["transactions", "heartbeats", "terminals"] as const
export type RecordFileKind = (typeof recordFileKinds)[number]

export const targetsOf = {
  transactions: [...commonTargets, ...transactionTargets],
  heartbeats: [...commonTargets, ...heartbeatTargets],
  terminals: ["ignore", ...terminalTargets],
} as const satisfies Record<RecordFileKind, readonly Target[]>

/** The built-in profile that finds the columns of each kind by their usual names. */
export const usualProfiles = {
  transactions: "auto-transactions",
  heartbeats: "auto-heartbeats",
  terminals: "terminals",
} as const satisfies Record<RecordFileKind, string>
