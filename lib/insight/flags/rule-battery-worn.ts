import { batteryGoodFrom, batteryWornAt } from "@/lib/fleet/terminals/wear"
import type { Rule } from "@/lib/insight/flags/rule"

/** The battery holds too little to last. */
export const batteryWorn: Rule = {
  name: "battery_worn",
  evaluate: ({ batteryHealthPct }, { clock }) => {
    if (batteryHealthPct === null || batteryHealthPct > batteryWornAt) return null
    const reason = { code: "battery_worn" as const, health: Math.round(batteryHealthPct) }
    return { kind: "maintenance", observedAt: clock.now, dueAt: null, reasons: [reason] }
  },
  hasRecovered: ({ batteryHealthPct }) => batteryHealthPct === null || batteryHealthPct >= batteryGoodFrom,
}
