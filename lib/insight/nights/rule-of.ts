import type { Component } from "@/lib/insight/engine/terms/signals"
import type { NightlyRule } from "@/lib/insight/flags/words"

/** The rule of flags under which a component's fault is shown. */
export const ruleOf = {
  communication: "communication",
  chip: "chip_reader",
  contactless: "contactless_reader",
  magstripe: "magstripe_reader",
  keys: "keys",
  pinpad: "pin_pad",
  clock: "clock",
  app: "app_crashes",
  speed: "slow_sales",
} as const satisfies Record<Component, NightlyRule>
