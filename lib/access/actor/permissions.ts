import type { Actor, Role, Scope } from "@/lib/access/actor/actor"
import { AppError } from "@/lib/base/errors"

type Rule = {
  roles: readonly Role[]
  /** The scope that a key needs; null where keys may not at all. */
  key: Scope | null
  /** Concerns no store in particular: only for those who see the whole organisation. */
  isWhole?: true
}

const readers = ["admin", "manager", "planner", "viewer"] as const
const everyone = [...readers, "technician"] as const

/**
 * Who may do what. The API asks it, the database's policies stand below it, and screens hide what it refuses.
 */
export const permissions = {
  /** Own profile, password, second factor and sessions. */
  account: { roles: everyone, key: null },
  /** Terminals, stores, rates, flags, reports, catalogue. */
  "fleet:read": { roles: readers, key: "read" },
  /** Heartbeats and transactions, of terminals within reach. */
  ingest: { roles: ["admin", "manager"], key: "ingest" },
  /** Vendors' JSON, which places terminals as it says. */
  "vendors:write": { roles: ["admin", "manager"], key: "ingest", isWhole: true },
  "quarantine:read": { roles: readers, key: "read", isWhole: true },
  "quarantine:write": { roles: ["admin", "manager"], key: "ingest", isWhole: true },
  "imports:read": { roles: readers, key: "read", isWhole: true },
  "imports:write": { roles: ["admin", "manager"], key: "ingest", isWhole: true },
  "codes:write": { roles: ["admin", "manager"], key: "write", isWhole: true },
  /** Terminals and what is known of stores, within reach. */
  "inventory:write": { roles: ["admin", "manager"], key: "write" },
  /** Merchants, regions, which stores there are, models, releases, suppliers, acquirers. */
  "catalogue:write": { roles: ["admin", "manager"], key: "write", isWhole: true },
  "users:manage": { roles: ["admin"], key: null, isWhole: true },
  "keys:manage": { roles: ["admin"], key: null, isWhole: true },
  "audit:read": { roles: ["admin"], key: null, isWhole: true },
  "organisation:manage": { roles: ["admin"], key: null, isWhole: true },
} as const satisfies Record<string, Rule>

export type Permission = keyof typeof permissions

const ruleOf = (permission: Permission): Rule => permissions[permission]

/** Whether the actor may. */
export function may(
  actor: Pick<Actor, "kind" | "role" | "scopes" | "stores">,
  permission: Permission,
): boolean {
  const { roles, key, isWhole } = ruleOf(permission)
  if (isWhole && actor.stores !== null) return false
  if (actor.kind === "key") return key !== null && actor.scopes.includes(key)
  return actor.role !== null && roles.includes(actor.role)
}

/** All that the actor may. */
export const permissionsOf = (actor: Parameters<typeof may>[0]): Permission[] =>
  (Object.keys(permissions) as Permission[]).filter((permission) => may(actor, permission))

/** Why the actor may not, and what would be needed; null where they may. */
export function refusalOf(actor: Parameters<typeof may>[0], permission: Permission): AppError | null {
  if (may(actor, permission)) return null
  const { roles, key, isWhole } = ruleOf(permission)
  if (isWhole && actor.stores !== null)
    return new AppError(
      "forbidden",
      "This concerns the whole organisation, and you are limited to some of its stores.",
    )
  if (actor.kind === "key")
    return new AppError(
      "forbidden",
      key === null ? "Keys may not do this: sign in." : `This key may not: it needs the scope ${key}.`,
    )
  return new AppError("forbidden", `This needs the role ${roles.join(" or ")}.`)
}

export function requirePermission(actor: Actor, permission: Permission): void {
  const refusal = refusalOf(actor, permission)
  if (refusal) throw refusal
}
