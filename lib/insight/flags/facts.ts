import type { Component } from "@/lib/fleet/catalogue/components"
import type { Calendar } from "@/lib/fleet/stores/opening-hours"

export type OnlineState = "online" | "late" | "suspect" | "offline" | "unknown"

/** What the rules know of one active terminal. Instants are milliseconds since 1970. */
export type TerminalFacts = {
  terminalId: number
  storeId: number
  calendar: Calendar
  lastBeatAt: number | null
  lastReceivedAt: number | null
  intervalSeconds: number | null
  onlineState: OnlineState
  /** Consecutive beats at the end with normal gaps, three at most: a sign that it is back for good. */
  steadyBeats: number
  checks: { pinpad: boolean | null; reader: boolean | null; security: boolean | null; tamper: boolean | null }
  versions: Record<Component, string | null>
  model: { id: number; name: string; useEndOn: string | null } | null
}

export type Policy = { modelId: number | null; component: Component; minimum: string; dueOn: string | null }

export type FleetFacts = { terminals: TerminalFacts[]; policies: Policy[] }
