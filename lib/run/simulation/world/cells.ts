import type { Channel } from "@/lib/fleet/code-packs/cause"

/** What a terminal's own counters add in a day: contactless, chip, swipe; and what else it counts. */
export type Counted = { reads: number[]; errors: number[]; crashes: number; networkErrors: number }
export type Failures = Partial<Record<Channel | "keys" | "pin" | "expired", number>>
/** Presentments of one terminal on one day by operator, issuer and entry mode. Corrections are negative. */
export type Cell = {
  operator: string
  issuer: string
  entry: number
  presentments: number
  failures: Failures
}
export type TerminalSums = {
  terminal: number
  day: number
  cells: Cell[]
  counted: Counted | null
  /** How long the sales took that went through, by entry mode, in milliseconds. */
  durations: readonly (readonly number[])[]
}
/** What arrived on a day, of that day and of days before. */
export type Arrived = { day: number; sums: TerminalSums[] }
