import { z } from "zod"
import { pageLinks } from "@/lib/base/pages/schemas"
import { searched, writtenCursor, writtenId } from "@/lib/base/text/fields"
import { components } from "@/lib/fleet/catalogue/components"
import { remoteActions, remoteStates } from "@/lib/insight/flags/remote-words"
import { flagKinds, flagSorts, incidentRules, nightlyRules, ruleNames } from "@/lib/insight/flags/words"
import { signals } from "@/lib/insight/trends/words"

/** What could explain a terminal's failures as well as the terminal, and does not. */
export const rivals = ["store", "operator", "release", "card", "issuer"] as const

/** A reason with its numbers. Screens and files write the sentence in the reader's language. */
export const Reason = z.discriminatedUnion("code", [
  z.object({
    code: z.literal("silent"),
    lastBeatAt: z.string(),
    openMinutes: z.number(),
    intervalMinutes: z.number(),
  }),
  z.object({
    code: z.literal("silent_unknown_hours"),
    lastBeatAt: z.string(),
    hours: z.number(),
    intervalMinutes: z.number(),
  }),
  z.object({ code: z.literal("not_up_at_opening"), openedAt: z.string() }),
  /** How often it fell silent lately, or more. */
  z.object({ code: z.literal("flapping"), times: z.number() }),
  z.object({ code: z.literal("check_failed"), check: z.enum(["pinpad", "reader", "security"]) }),
  z.object({ code: z.literal("tamper") }),
  z.object({
    code: z.literal("release_behind"),
    component: z.enum(components),
    current: z.string(),
    minimum: z.string(),
  }),
  z.object({
    code: z.literal("lines_behind"),
    component: z.enum(components),
    current: z.string(),
    newest: z.string(),
    lines: z.number(),
  }),
  z.object({
    code: z.literal("patch_too_old"),
    component: z.enum(components),
    current: z.string(),
    days: z.number(),
  }),
  z.object({ code: z.literal("use_end_passed"), model: z.string(), on: z.string(), days: z.number() }),
  z.object({ code: z.literal("use_end_near"), model: z.string(), on: z.string(), days: z.number() }),
  z.object({ code: z.literal("storage_full"), used: z.number() }),
  z.object({ code: z.literal("battery_worn"), health: z.number() }),
  z.object({ code: z.literal("printer_fault") }),
  /** A part reaches its limit on a day, with a 90 % interval. A bound that is null is not known. */
  z.object({
    code: z.literal("wears_out"),
    signal: z.enum(signals),
    level: z.number(),
    limit: z.number(),
    on: z.string(),
    early: z.string().nullable(),
    late: z.string().nullable(),
  }),
  /** Last week's signal against the terminal's own weeks before, and how much others in the store changed. */
  z.object({
    code: z.literal("signal_weak"),
    level: z.number(),
    drop: z.number(),
    others: z.number().nullable(),
  }),
  /** Amounts are a year's, in minor units. */
  z.object({
    code: z.literal("keeping_costs_more"),
    keepingMinor: z.number(),
    newMinor: z.number(),
    currency: z.string(),
    ageMonths: z.number(),
    failures: z.number(),
  }),
  /** The age at which terminals of its model are replaced most cheaply, and what they cost a year then. */
  z.object({
    code: z.literal("past_best_age"),
    bestMonths: z.number(),
    newMinor: z.number(),
    currency: z.string(),
    ageMonths: z.number(),
    failures: z.number(),
  }),
  z.object({ code: z.literal("in_warranty"), on: z.string() }),
  z.object({ code: z.literal("repeated_failures"), failures: z.number(), days: z.number() }),
  z.object({ code: z.literal("moved"), metres: z.number() }),
  /** Stored in the terminal; they must reach the acquirer by `until`. */
  z.object({
    code: z.literal("unsent_sales"),
    sales: z.number(),
    amountMinor: z.number().nullable(),
    currency: z.string().nullable(),
    until: z.string(),
  }),
  /** Without a sale since the day of the last one, or since it went into service or was recorded. */
  z.object({ code: z.literal("idle"), on: z.string(), hadSales: z.boolean() }),
  z.object({ code: z.literal("idle_long"), on: z.string(), hadSales: z.boolean() }),
  /** A batch that is still open. */
  z.object({ code: z.literal("day_not_closed"), openedAt: z.string() }),
  z.object({ code: z.literal("maintenance_mode"), since: z.string() }),
  z.object({
    code: z.literal("clock_wrong"),
    direction: z.enum(["slow", "fast"]),
    value: z.number(),
    unit: z.enum(["days", "hours", "minutes"]),
  }),
  z.object({
    code: z.literal("fails_often"),
    rule: z.enum(nightlyRules),
    /** Of one day, against other terminals over a week or a month, or against the terminal's own history. */
    test: z.enum(["day", "week", "month", "change"]),
    observed: z.number(),
    expected: z.number(),
    /** Observed over expected, drawn to 1, with its 95 % interval. */
    ratio: z.number(),
    low: z.number(),
    high: z.number(),
    p: z.number(),
    /** The last day of the evidence. */
    on: z.string(),
    /** Who was ruled out as the cause, with their numbers without this terminal. */
    ruledOut: z.array(z.object({ what: z.enum(rivals), observed: z.number(), expected: z.number() })),
  }),
  /** The terminal is alone in its store, so its line may be the cause as well. */
  z.object({ code: z.literal("alone_in_store") }),
  z.object({
    code: z.literal("incident"),
    rule: z.enum(incidentRules),
    /** An issuer's prefix, an acquirer, a carrier, a release, a cashier or a terminal. */
    who: z.string(),
    observed: z.number(),
    expected: z.number(),
    on: z.string(),
  }),
])
export type Reason = z.infer<typeof Reason>

export const Flag = z.object({
  id: z.number(),
  kind: z.enum(flagKinds),
  rule: z.enum(ruleNames),
  status: z.enum(["open", "closed"]),
  reasons: z.array(Reason),
  sinceAt: z.string(),
  openedAt: z.string(),
  closedAt: z.string().nullable(),
  acknowledgedAt: z.string().nullable(),
  /** Who takes care of it: a person or a firm. */
  assignee: z.string().nullable(),
  snoozedUntil: z.string().nullable(),
  /** Until when a maintenance window mutes it. */
  mutedUntil: z.string().nullable(),
  /** The incident that it is about. */
  incident: z.number().nullable(),
  /** Lost sales a week, of the last four weeks; null without any. */
  stake: z.object({ amountMinor: z.number(), currency: z.string() }).nullable(),
  /** What was last tried from afar. */
  remote: z.object({ action: z.enum(remoteActions), state: z.enum(remoteStates) }).nullable(),
  terminal: z.object({ id: z.number(), serial: z.string(), model: z.string().nullable() }).nullable(),
  store: z.object({ id: z.number(), name: z.string(), code: z.string() }).nullable(),
})
export type Flag = z.infer<typeof Flag>

export const FlagQuery = z.strictObject({
  kind: z.enum(flagKinds).optional(),
  rule: z.enum(ruleNames).optional(),
  status: z.enum(["open", "closed"]).default("open"),
  /** Without it, snoozed and muted flags are listed like all others. */
  snoozed: z.enum(["hide", "only"]).optional(),
  store: writtenId.optional(),
  terminal: writtenId.optional(),
  q: searched(64).optional(),
  /** The most urgent first, of equal urgency the newest, where nothing else is asked for. */
  sort: z.enum(flagSorts).default("urgency"),
  order: z.enum(["asc", "desc"]).default("asc"),
  cursor: writtenCursor.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type FlagQuery = z.infer<typeof FlagQuery>

export const FlagPage = z.object({
  data: z.array(Flag),
  ...pageLinks,
  /** How many there are of each kind under the same filters but the kind. */
  counts: z.partialRecord(z.enum(flagKinds), z.number()),
})
export type FlagPage = z.infer<typeof FlagPage>
