import type { Component } from "@/lib/fleet/catalogue/components"
import { closedFrom, type Calendar } from "@/lib/fleet/stores/opening-hours"
import type { OnlineState, TerminalStatus } from "@/lib/fleet/terminals/words"

/** What the detector knows of one terminal. Instants are milliseconds since 1970. */
export type TerminalFacts = {
  terminalId: number
  storeId: number
  status: TerminalStatus
  calendar: Calendar
  lastBeatAt: number | null
  intervalSeconds: number
  /** Seconds of silence in open time. 0 of a terminal that is not offline. */
  silentSeconds: number
  onlineState: OnlineState
  /** How many of the last three gaps between heartbeats are normal; 3 without a `silent` flag. */
  normalGaps: number
  checks: { pinpad: boolean | null; reader: boolean | null; security: boolean | null; tamper: boolean | null }
  versions: Record<Component, string | null>
  model: { id: number; name: string; useEndOn: string | null } | null
}

export type Policy = { modelId: number | null; component: Component; minimum: string; dueOn: string | null }

export type FleetFacts = { terminals: TerminalFacts[]; policies: Policy[] }

/** Whether the rules apply to a terminal: it is active, and its store is not closed for good. */
export const isEvaluated = ({ status, calendar }: TerminalFacts, now: number): boolean =>
  status === "active" && closedFrom(calendar) > now
