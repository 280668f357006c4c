import { storageFreeBelow, storageFullAt } from "@/lib/fleet/terminals/wear"
import type { Rule } from "@/lib/insight/flags/rule"

/** The terminal's storage is nearly full. */
export const storageFull: Rule = {
  name: "storage_full",
  evaluate: ({ storageUsedPct }, { clock }) => {
    if (storageUsedPct === null || storageUsedPct < storageFullAt) return null
    const reason = { code: "storage_full" as const, used: Math.floor(storageUsedPct) }
    return { kind: "maintenance", observedAt: clock.now, dueAt: null, reasons: [reason] }
  },
  hasRecovered: ({ storageUsedPct }) => storageUsedPct === null || storageUsedPct < storageFreeBelow,
}
