import type { Kind } from "@/lib/fleet/code-packs/kind"
import type { NightlyRule } from "@/lib/insight/flags/words"

/** The failed sales that speak for a rule; null where only the terminal's own counters do. */
export const kindOf = {
  communication: "tech",
  keys: "keys",
  chip_reader: "chip",
  contactless_reader: "contactless",
  magstripe_reader: "magstripe",
  pin_pad: "pin",
  clock: "expired",
  app_crashes: null,
  slow_sales: null,
} as const satisfies Record<NightlyRule, Kind | null>
