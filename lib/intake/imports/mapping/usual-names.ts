import { heartbeatNames } from "@/lib/intake/imports/mapping/heartbeat-names"
import { ignoredNames } from "@/lib/intake/imports/mapping/ignored-names"
import { recordNames } from "@/lib/intake/imports/mapping/record-names"
import { saleNames } from "@/lib/intake/imports/mapping/sale-names"
import type { Target } from "@/lib/intake/imports/mapping/targets"

/**
 * The usual column names of each target, in Chinese and English, normalised by `headerKey`. A target's own
 * name counts too.
 */
export const usualNames: Partial<Record<Target, readonly string[]>> = {
  ...recordNames,
  ...saleNames,
  ...heartbeatNames,
  ...ignoredNames,
}
