import type { Day } from "@/lib/base/time/zone"
import type { Component } from "@/lib/fleet/catalogue/components"
import type { OpenTime } from "@/lib/fleet/stores/open-time"
import type { Span } from "@/lib/fleet/stores/opening-hours"
import type { OnlineState, TerminalMode, TerminalStatus } from "@/lib/fleet/terminals/words"
import type { Fix } from "@/lib/insight/positions/away"
import type { Position } from "@/lib/insight/positions/metres-between"
import type { MissedOpening } from "@/lib/insight/silence/missed-opening"
import type { Trends } from "@/lib/insight/trends/signals"

/** What the detector knows of one terminal. Instants are milliseconds since 1970. */
export type TerminalFacts = {
  terminalId: number
  storeId: number
  status: TerminalStatus
  zone: string
  /** Whether its store's opening hours are known. */
  hasHours: boolean
  lastBeatAt: number | null
  intervalSeconds: number
  /** Seconds of silence in the time in which heartbeats are expected. 0 of a terminal that is not offline. */
  silentSeconds: number
  /** Whether it is offline together with most others of its store. */
  isSiteSilent: boolean
  /** Of a suspect terminal: the opening since which it is not up, and whether the store's others are. */
  opening: (MissedOpening & { isStoreUp: boolean }) | null
  /** How often it fell silent lately, and when last; see silence/flapping.ts. */
  flaps: number
  flappedAt: number | null
  /** Whether most others of its store fall silent often, too. */
  isSiteFlapping: boolean
  onlineState: OnlineState
  /** When its store closes for good. Infinity if it does not. */
  closesAt: number
  /** When it is in maintenance, in order, from its last sign of life on. */
  maintenance: readonly Span[]
  /** How many of the last three gaps between heartbeats are normal; 3 without a `silent` flag. */
  normalGaps: number
  /** The store's open time without our own outages. All time where its hours are unknown. */
  open: OpenTime
  /** What to add to its times, and since when its clock has been wrong; null while it is not. */
  clockOffsetMs: number
  clockWrongSince: number | null
  mode: TerminalMode | null
  /** Since when it has been in maintenance mode; null while it is not. */
  maintenanceSince: number | null
  /** The last batch that it named: when it must be closed, and which heartbeat named it last. */
  batch: { openedAt: number; dueAt: number; namedAt: number | null } | null
  checks: { pinpad: boolean | null; reader: boolean | null; security: boolean | null; tamper: boolean | null }
  versions: Record<Component, string | null>
  storageUsedPct: number | null
  batteryHealthPct: number | null
  printerStatus: string | null
  /** When its parts reach their limits. */
  trends: Trends
  /**
   * Last week's signal, how much weaker it is than before, and how much weaker others' in the store, if that
   * is known. `isAlone`: there are no others in service.
   */
  signal: { level: number; drop: number; others: number | null; isAlone: boolean } | null
  /** Sales stored in the terminal, if their age is known, and within how long they must be sent. */
  unsent: {
    sales: number
    amountMinor: number | null
    currency: string | null
    oldestAt: number
    offlineHours: number | null
  } | null
  storePosition: Position | null
  /** Its last positions of the last hours, the oldest first. */
  fixes: readonly Fix[]
  lastSaleAt: number | null
  /** Since when it has been in service without a break. */
  activeSince: number
  /** Since when it is on record here. */
  knownSince: number
  model: { id: number; name: string; useEndOn: string | null } | null
  /** Its age counts from then. */
  bornOn: Day
  warrantyUntil: Day | null
  /** Confirmed failures, in all and lately. */
  failures: number
  recentFailures: number
}

/** Whether the rules apply to a terminal: it is active, and its store is not closed for good. */
export const isEvaluated = ({ status, closesAt }: TerminalFacts, now: number): boolean =>
  status === "active" && closesAt > now
