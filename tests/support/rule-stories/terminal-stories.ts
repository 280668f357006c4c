import { addDays, addMonths, dayStart } from "@/lib/base/time/zone"
import { openTimeOf } from "@/lib/fleet/stores/open-time"
import type { TerminalFacts } from "@/lib/insight/flags/facts"
import type { Context } from "@/lib/insight/flags/rule"
import { batchDueAt } from "@/lib/insight/flags/rule-day-not-closed"
import type { IncidentRule, NightlyRule, RuleName } from "@/lib/insight/flags/words"
import { flapsAt } from "@/lib/insight/silence/flapping"
import { missedOpening } from "@/lib/insight/silence/missed-opening"
import { silencePlan, silentSeconds, stepAt, type Silence } from "@/lib/insight/silence/silence-plan"
import type { KeptTrend } from "@/lib/insight/trends/signals"
import { weeksAt } from "@/lib/insight/trends/weeks"
import { nextDayOf, type Scene, type Wait } from "@/tests/support/rule-stories/scenes"
import { context, healthy, noPolicy } from "@/tests/support/terminal-facts"

type Facts = Partial<TerminalFacts>
/** What is true of a terminal at an instant of a scene. */
export type Told = (scene: Scene, at: number) => Facts

/** How a terminal's flag of a rule opens, changes and clears. */
export type Story = {
  /** How long after the trouble began the flag opens. */
  waits: Wait
  /** Minutes by which it may be later, where a rule waits for a heartbeat; 1 if not given. */
  within?: number
  trouble: Told
  /** The same trouble with other numbers; null where the flag has none. */
  worse: Told | null
  /** So much better that no flag opens, and not so much that an open one clears; null: nothing between. */
  better: Told | null
  over: Told
  /** What is true at another store, if the flag is about the store as well. */
  elsewhere?: Told
  /** Instants at which the rounds of online states change something. */
  changes?: (scene: Scene) => number[]
  context?: (scene: Scene) => Partial<Context>
}

export type TerminalRule = Exclude<RuleName, NightlyRule | IncidentRule>

const hourMs = 3_600_000
const always =
  (facts: Facts): Told =>
  () =>
    facts
const well = always({})

const silenceOf = ({ calendar }: Scene, lastSignAt: number): Silence => ({
  lastSignAt,
  intervalSeconds: 300,
  week: { hours: Array.from({ length: 7 }, () => 2 ** 24 - 1), beatsPerHour: 12 },
  zone: calendar.zone,
  open: openTimeOf(calendar),
  hasHours: true,
  closesAt: Infinity,
})

/** A terminal that was up last at an instant, while the others of its store are. */
function silentSince(scene: Scene, lastUp: number, at: number): Facts {
  if (at <= lastUp) return {}
  const silence = silenceOf(scene, lastUp)
  const onlineState = stepAt(silencePlan(silence), at)?.state ?? "online"
  const missed = onlineState === "suspect" ? missedOpening(silence, at) : null
  return {
    lastBeatAt: lastUp,
    intervalSeconds: 300,
    onlineState,
    silentSeconds: onlineState === "offline" ? silentSeconds(silence, at) : 0,
    opening: missed && { ...missed, isStoreUp: true },
  }
}

const silentSteps = (scene: Scene, lastUp: number) =>
  silencePlan(silenceOf(scene, lastUp)).map(({ at }) => at)

/** A part whose trend reaches its limit in so many days. */
const wearing =
  (signal: keyof TerminalFacts["trends"], { limit, level }: { limit: number; level: number }) =>
  (days: number): Told =>
  ({ begins }) => {
    const due = weeksAt(begins) + days / 7
    const trend: KeptTrend = { due, early: due, late: null, slope: 1, weeks: 12, limit, level }
    return { trends: { [signal]: trend } }
  }

const wears = (daysLeft: (days: number) => Told): Story => ({
  waits: "nothing",
  trouble: daysLeft(20),
  worse: daysLeft(10),
  better: daysLeft(70),
  over: well,
})

const storePosition = { lat: 31.23, lon: 121.47, coordinates: "wgs84" } as const
/** Fixes so many degrees north of the store. */
const fixes = (north: number): Facts => {
  const fix = { ...storePosition, lat: storePosition.lat + north, accuracyM: 20 }
  return { storePosition, fixes: [fix, fix, fix] }
}

const weakSignal = (level: number, drop: number): Told =>
  always({ signal: { level, drop, others: 0, isAlone: false } })

const unsent =
  (sales: number): Told =>
  ({ begins }) => ({
    unsent: { sales, amountMinor: 900 * sales, currency: "CNY", oldestAt: begins, offlineHours: null },
  })

const soldLast =
  (months: number): Told =>
  (scene) => {
    const since = addMonths(nextDayOf(scene), -months)
    return { lastSaleAt: dayStart(since, scene.calendar.zone).getTime() + 12 * hourMs, activeSince: 0 }
  }

const openBatch =
  (hoursBefore: number): Told =>
  ({ begins, calendar }, at) => {
    const openedAt = begins - hoursBefore * hourMs
    return { batch: { openedAt, dueAt: batchDueAt(calendar, openedAt), namedAt: at - 1000 } }
  }

const useEndIn =
  (days: number): Told =>
  (scene) => ({
    model: { id: 1, name: "M3", useEndOn: addDays(nextDayOf(scene), days) },
  })

const runs = (app: string): Told => always({ versions: { ...healthy.versions, app } })

/** Each rule that the rounds evaluate has its story. */
export const terminalStories: Record<TerminalRule, Story> = {
  silent: {
    waits: "twoOpenHours",
    trouble: (scene, at) => silentSince(scene, scene.begins, at),
    worse: (scene, at) => silentSince(scene, scene.begins, at),
    better: always({ normalGaps: 1 }),
    over: well,
    changes: (scene) => silentSteps(scene, scene.begins),
  },
  not_up_at_opening: {
    waits: "opening",
    trouble: (scene, at) => silentSince(scene, scene.lastUp, at),
    worse: null,
    better: null,
    over: well,
    elsewhere: always({ onlineState: "unknown" }),
    changes: (scene) => silentSteps(scene, scene.lastUp),
  },
  flapping: {
    waits: "nothing",
    trouble: ({ begins }, at) => ({ flaps: flapsAt({ flaps: 3.2, at: begins }, at), flappedAt: begins }),
    worse: ({ begins }, at) => ({ flaps: flapsAt({ flaps: 4.8, at: begins }, at), flappedAt: begins }),
    better: ({ begins }) => ({ flaps: 1.1, flappedAt: begins }),
    over: ({ begins }) => ({ flaps: 0.9, flappedAt: begins }),
  },
  self_check: {
    waits: "nothing",
    trouble: always({ checks: { ...healthy.checks, reader: false } }),
    worse: always({ checks: { ...healthy.checks, reader: false, pinpad: false } }),
    better: null,
    over: well,
  },
  release_behind: {
    waits: "nextDay",
    trouble: runs("5.9.0"),
    worse: runs("5.8.0"),
    better: null,
    over: runs("5.10.0"),
    context: (scene) => ({
      standards: {
        policies: [{ ...noPolicy, minimumVersion: "5.10.0", dueOn: nextDayOf(scene) }],
        releases: [],
      },
    }),
  },
  model_past_use_end: {
    waits: "nextDay",
    trouble: useEndIn(365),
    worse: useEndIn(200),
    better: null,
    over: useEndIn(500),
  },
  keeping_costs_more: {
    waits: "nothing",
    trouble: always({ failures: 40 }),
    worse: always({ failures: 50 }),
    better: null,
    over: well,
  },
  repeated_failures: {
    waits: "nothing",
    trouble: always({ recentFailures: 3 }),
    worse: always({ recentFailures: 4 }),
    better: null,
    over: always({ recentFailures: 2 }),
  },
  storage_full: {
    waits: "nothing",
    trouble: always({ storageUsedPct: 92 }),
    worse: always({ storageUsedPct: 97 }),
    better: always({ storageUsedPct: 87 }),
    over: always({ storageUsedPct: 60 }),
  },
  battery_worn: {
    waits: "nothing",
    trouble: always({ batteryHealthPct: 68 }),
    worse: always({ batteryHealthPct: 60 }),
    better: always({ batteryHealthPct: 73 }),
    over: always({ batteryHealthPct: 96 }),
  },
  signal_weak: {
    waits: "nothing",
    trouble: weakSignal(-95, 14),
    worse: weakSignal(-99, 18),
    better: weakSignal(-88, 7),
    over: weakSignal(-83, 2),
    // Compared are weeks at the same store.
    elsewhere: well,
  },
  battery_wearing: wears((days) => (scene, at) => ({
    ...wearing("battery", { limit: 70, level: 74 })(days)(scene, at),
    batteryHealthPct: 74,
  })),
  storage_filling: wears((days) => (scene, at) => ({
    ...wearing("storage", { limit: 90, level: 84 })(days)(scene, at),
    storageUsedPct: 84,
  })),
  printer_head_worn: wears(wearing("printer_head", { limit: 50, level: 48 })),
  chip_reader_worn: wears(wearing("chip_reader", { limit: 500_000, level: 480_000 })),
  magstripe_reader_worn: wears(wearing("magstripe_reader", { limit: 500_000, level: 480_000 })),
  printer_errors: wears(wearing("printer_errors", { limit: 5, level: 4 })),
  printer_fault: {
    waits: "nothing",
    trouble: always({ printerStatus: "out_of_order" }),
    worse: null,
    better: null,
    over: always({ printerStatus: "paper_low" }),
  },
  moved: {
    waits: "nothing",
    trouble: always(fixes(0.02)),
    worse: always(fixes(0.04)),
    better: always({ storePosition }),
    over: always(fixes(0)),
    elsewhere: always({ ...fixes(0.02), storePosition: { ...storePosition, lat: storePosition.lat + 0.02 } }),
  },
  unsent_sales: {
    waits: "halfADay",
    trouble: unsent(3),
    worse: unsent(5),
    better: null,
    over: well,
  },
  idle: {
    waits: "nextDay",
    trouble: soldLast(context.settings.idleMonths),
    worse: null,
    better: null,
    over: well,
  },
  idle_long: {
    waits: "nextDay",
    trouble: soldLast(context.settings.idleLongMonths),
    worse: null,
    better: null,
    over: well,
  },
  maintenance_mode: {
    waits: "fourOpenHours",
    trouble: ({ begins }) => ({ mode: "maintenance", maintenanceSince: begins }),
    worse: ({ begins }) => ({ mode: "maintenance", maintenanceSince: begins - hourMs }),
    better: null,
    over: well,
  },
  clock_wrong: {
    waits: "threeHours",
    within: 16,
    trouble: ({ begins }) => ({ clockOffsetMs: 9 * 60_000, clockWrongSince: begins }),
    worse: ({ begins }) => ({ clockOffsetMs: 20 * 60_000, clockWrongSince: begins }),
    better: always({ clockOffsetMs: 3 * 60_000 }),
    over: well,
  },
  day_not_closed: {
    waits: "afterClosing",
    within: 61,
    trouble: openBatch(0),
    worse: openBatch(24),
    better: null,
    over: well,
  },
}
