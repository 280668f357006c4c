// Not in schemas.ts, so that a screen can use it without loading zod.

export const terminalStatuses = ["pending", "active", "spare", "in_repair", "retired"] as const
export type TerminalStatus = (typeof terminalStatuses)[number]

export const onlineStates = ["online", "late", "suspect", "offline", "unknown"] as const
export type OnlineState = (typeof onlineStates)[number]

export const terminalSorts = ["serial", "store", "state", "lastBeat", "rate", "flags", "clock"] as const
export type TerminalSort = (typeof terminalSorts)[number]

/** With fewer sales in seven days a terminal comes last in an order by failure rate. */
export const fewestRankedSales = 20

/** A warranty's state today: over, over within so many days, or of unknown end. */
export const warrantyStates = ["over", "within30", "within90", "within365", "unknown"] as const
export type WarrantyState = (typeof warrantyStates)[number]

/** The columns of terminal files, in their order. */
export const terminalFields = [
  "serial",
  "tid",
  "acquirer",
  "model",
  "status",
  "merchant",
  "region",
  "store",
  "storeName",
  "timeZone",
  "address",
  "openingHours",
  "labels",
  "supplier",
  "boughtOn",
  "warrantyUntil",
] as const

/** What a row did to its terminal. */
export const rowOutcomes = ["created", "changed", "unchanged", "refused"] as const
export type RowOutcome = (typeof rowOutcomes)[number]

/** Why a row is refused, or which part of it is left out. */
export const refusalCodes = [
  "invalid",
  "missing",
  "unknown_status",
  "unknown_time_zone",
  "bad_hours",
  "bad_day",
  "masked",
  "placeholder_serial",
  "duplicate_serial",
  "tid_twice",
  "tid_taken",
  "unknown_model",
  "unknown_acquirer",
  "unknown_store",
  "unknown_merchant",
  "unknown_region",
  "store_missing",
  "merchant_missing",
  "store_ambiguous",
  "time_zone_kept",
  "not_possible",
  "retired_tid",
  "unknown_supplier",
  "not_a_supplier",
  "warranty_before_purchase",
  "left_out",
] as const
export type RefusalCode = (typeof refusalCodes)[number]

/** The most labels that can be printed at once. */
export const mostOnSheet = 500

/** What can be done to the help links of terminals: `make` leaves those that exist. */
export const helpLinkSteps = ["make", "renew", "remove"] as const
export type HelpLinkStep = (typeof helpLinkSteps)[number]

/** What the terminal reports that it is used for. */
export const terminalModes = ["normal", "maintenance", "training"] as const
export type TerminalMode = (typeof terminalModes)[number]
