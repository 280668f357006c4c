// Apart from the schemas, so that screens can use them without loading zod.

export const flagKinds = ["maintenance", "update", "replacement", "training", "issuer", "system"] as const
export type FlagKind = (typeof flagKinds)[number]

/** What the nightly engine finds: a component that fails more often than elsewhere, or than it used to. */
export const nightlyRules = [
  "communication",
  "keys",
  "chip_reader",
  "contactless_reader",
  "magstripe_reader",
  "pin_pad",
  "clock",
  "app_crashes",
  "slow_sales",
] as const
export type NightlyRule = (typeof nightlyRules)[number]

export const isNightly = (rule: string): rule is NightlyRule => nightlyRules.some((name) => name === rule)

/** Parts whose trend reaches their limit soon. */
const wearRules = [
  "battery_wearing",
  "storage_filling",
  "printer_errors",
  "printer_head_worn",
  "chip_reader_worn",
  "magstripe_reader_worn",
] as const
export type WearRule = (typeof wearRules)[number]

/** What incidents find wrong outside of single terminals. */
export const incidentRules = [
  "acquirer_down",
  "carrier_down",
  "store_line",
  "issuer_down",
  "card_testing",
  "bad_release",
  "cashier_errors",
] as const
export type IncidentRule = (typeof incidentRules)[number]

/** All rules, the most urgent first: faults that stop sales, then wear, then dates. */
export const ruleNames = [
  "self_check",
  "silent",
  "not_up_at_opening",
  "flapping",
  ...incidentRules,
  ...nightlyRules,
  "unsent_sales",
  "maintenance_mode",
  "clock_wrong",
  "moved",
  "printer_fault",
  "storage_full",
  "battery_worn",
  "day_not_closed",
  "signal_weak",
  ...wearRules,
  "release_behind",
  "model_past_use_end",
  "keeping_costs_more",
  "repeated_failures",
  "idle_long",
  "idle",
] as const
export type RuleName = (typeof ruleNames)[number]

/** Rules whose fixed flags are failures of the terminal. */
export const faultRules: readonly RuleName[] = [
  "self_check",
  "silent",
  ...nightlyRules,
  "clock_wrong",
  "printer_fault",
  "battery_worn",
  "signal_weak",
  "battery_wearing",
  "printer_errors",
  "printer_head_worn",
  "chip_reader_worn",
  "magstripe_reader_worn",
]

/** Tampering comes first. */
export const urgencyOf = ({ rule, kind }: { rule: RuleName; kind: FlagKind }): number =>
  rule === "self_check" && kind === "replacement" ? 0 : 1 + ruleNames.indexOf(rule)

/** Rules that a date decides, so that a flag's beginning is a day and not a time. */
export const isByDate = (rule: RuleName): boolean =>
  rule === "release_behind" || rule === "model_past_use_end"

/** What the list of flags can be ordered by. */
export const flagSorts = ["urgency", "stake", "since", "terminal", "store"] as const
export type FlagSort = (typeof flagSorts)[number]

/** How often terminals are evaluated. A condition must hold twice in a row before a flag opens. */
export const detectEverySeconds = 30
