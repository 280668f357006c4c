import { channelOfSubcause, isSubcause } from "@/lib/fleet/code-packs/subcauses"

const withoutCode: readonly string[] = ["unmapped", "unspecified"]

/**
 * Technical declines come from systems, networks and devices, business declines from the account or from
 * what a person did, as NPCI publishes them (UPI ecosystem statistics: TD and BD). Null of failures whose
 * code says neither.
 */
export function declineOf(subcause: string): "technical" | "business" | null {
  if (!isSubcause(subcause) || withoutCode.includes(subcause)) return null
  const channel = channelOfSubcause[subcause]
  return channel === "tech" || channel === "read" ? "technical" : "business"
}

const named = (decline: "technical" | "business") =>
  Object.keys(channelOfSubcause).filter((subcause) => declineOf(subcause) === decline)

export const technicalSubcauses = named("technical")
export const businessSubcauses = named("business")
