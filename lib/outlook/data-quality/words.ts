import type { Permission } from "@/lib/access/actor/permissions"

// Apart from the schemas, so that screens can use them without loading zod.

/** Faults of the data, with who may see them. What keeps records out comes first. */
export const qualityKinds = {
  quarantined: "quarantine:read",
  pending: "fleet:read",
  unmapped_code: "imports:read",
  sales_gap: "fleet:read",
  clock_drift: "fleet:read",
  counter_resets: "fleet:read",
  alike: "fleet:read",
  unassigned: "fleet:read",
  terminal_without_model: "fleet:read",
  store_without_hours: "fleet:read",
  store_without_position: "fleet:read",
  duplicates: "imports:read",
} as const satisfies Record<string, Permission>

export type QualityKind = keyof typeof qualityKinds
export const qualityKindNames = Object.keys(qualityKinds) as QualityKind[]
