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
  lastReceivedAt: number | null
  intervalSeconds: number | null
  onlineState: OnlineState
  /** How many of the last three gaps between beats are normal; three where it is not flagged as silent. */
  steadyBeats: number
  checks: { pinpad: boolean | null; reader: boolean | null; security: boolean | null; tamper: boolean | null }
  versions: Record<Component, string | null>
  model: { id: number; name: string; useEndOn: string | null } | null
}

export type Policy = { modelId: number | null; component: Component; minimum: string; dueOn: string | null }

export type FleetFacts = { terminals: TerminalFacts[]; policies: Policy[] }

/**
 * Whether the rules judge a terminal: only one that is active. The others may be silent for any time, and so
 * may every terminal of a store that is closed for good.
 */
export const isJudged = ({ status, calendar }: TerminalFacts, now: number): boolean =>
  status === "active" && closedFrom(calendar) > now
