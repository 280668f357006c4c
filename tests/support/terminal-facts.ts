import type { PolicyDraft } from "@/lib/fleet/releases/schemas"
import { openTimeOf } from "@/lib/fleet/stores/open-time"
import { clockAt } from "@/lib/insight/flags/clock"
import type { TerminalFacts } from "@/lib/insight/flags/facts"
import type { Context, RuleSettings } from "@/lib/insight/flags/rule"
import { economicsBy } from "@/lib/insight/replacement/economics"

/** What an organisation begins with. */
export const settings: RuleSettings = { movedRadiusM: 500, idleMonths: 3, idleLongMonths: 12 }

/** Wednesday the 25th in Shanghai, Tuesday the 24th in UTC and New York. */
export const now = Date.parse("2026-11-24T17:00:00Z")

/** A terminal that just sent a heartbeat, and at which no rule finds anything. */
export const healthy: TerminalFacts = {
  terminalId: 7,
  storeId: 3,
  status: "active",
  zone: "Asia/Shanghai",
  hasHours: true,
  closesAt: Infinity,
  maintenance: [],
  lastBeatAt: now - 60_000,
  silentSeconds: 0,
  isSiteSilent: false,
  opening: null,
  flaps: 0,
  flappedAt: null,
  isSiteFlapping: false,
  intervalSeconds: 900,
  onlineState: "online",
  normalGaps: 3,
  open: openTimeOf({ zone: "Asia/Shanghai", hours: null, exceptions: {}, closedOn: null }),
  clockOffsetMs: 0,
  clockWrongSince: null,
  mode: "normal",
  maintenanceSince: null,
  batch: null,
  checks: { pinpad: true, reader: true, security: true, tamper: false },
  versions: {
    os: "10",
    firmware: "3.0",
    app: "5.10.0",
    emvKernel: "4.3k",
    securityPatch: "2026-08-05",
  },
  storageUsedPct: 40,
  batteryHealthPct: 95,
  unsent: null,
  printerStatus: "ok",
  trends: {},
  signal: null,
  storePosition: null,
  fixes: [],
  lastSaleAt: now - 600_000,
  activeSince: now - 400 * 86_400_000,
  knownSince: now - 400 * 86_400_000,
  model: { id: 1, name: "M3", useEndOn: null },
  bornOn: "2025-11-24",
  warrantyUntil: null,
  failures: 0,
  recentFailures: 0,
}

const costs = {
  since: "2025-11-24",
  currency: "CNY",
  terminalPriceMinor: 100_000,
  visitCostMinor: 15_000,
  partsCostMinor: 10_000,
  downtimeHourMinor: 3_000,
  downtimeHours: 8,
}

/** What the rules know beside the terminal. */
export const context: Context = {
  standards: { policies: [], releases: [] },
  clock: clockAt(now),
  hasSales: true,
  settings,
  economicsOf: economicsBy({ costs, prices: [], lives: [] }),
}

/** A policy of the app that requires nothing yet. */
export const noPolicy: PolicyDraft = {
  component: "app",
  model: null,
  minimumVersion: null,
  mostLinesBehind: null,
  maxAgeDays: null,
  dueOn: null,
}
