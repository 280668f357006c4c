import type { Actor, Role, Scope } from "@/lib/access/actor/actor"
import { AppError } from "@/lib/base/errors"

type Rule = {
  roles: readonly Role[]
  /** The scope that a key needs. Null if no key may. */
  key: Scope | null
  /** Not tied to a store: only for actors who see the whole organisation. */
  isWhole?: true
}

const readers = ["admin", "manager", "planner", "viewer"] as const
const everyone = [...readers, "technician"] as const

/**
 * Who may do what. The API checks it, and screens hide what it refuses. Row-level security applies as well.
 */
export const permissions = {
  /** Own profile, password, two-step verification and sessions. */
  account: { roles: everyone, key: null },
  /** Terminals, stores, rates, flags, reports, catalogue. */
  "fleet:read": { roles: readers, key: "read" },
  /** Heartbeats and transactions of terminals in the actor's reach. */
  ingest: { roles: ["admin", "manager"], key: "ingest" },
  /** Vendors' JSON, which can move terminals to other stores. */
  "vendors:write": { roles: ["admin", "manager"], key: "ingest", isWhole: true },
  "quarantine:read": { roles: readers, key: "read", isWhole: true },
  "quarantine:write": { roles: ["admin", "manager"], key: "ingest", isWhole: true },
  "imports:read": { roles: readers, key: "read", isWhole: true },
  "imports:write": { roles: ["admin", "manager"], key: "ingest", isWhole: true },
  "codes:write": { roles: ["admin", "manager"], key: "write", isWhole: true },
  /** What people do with flags in the actor's reach. */
  "flags:write": { roles: ["admin", "manager", "planner"], key: "write" },
  /** Terminals and the fields of stores in the actor's reach. */
  "inventory:write": { roles: ["admin", "manager"], key: "write" },
  /** Merchants, regions, models, releases, suppliers, acquirers; adding and deleting stores. */
  "catalogue:write": { roles: ["admin", "manager"], key: "write", isWhole: true },
  "users:manage": { roles: ["admin"], key: null, isWhole: true },
  "keys:manage": { roles: ["admin"], key: null, isWhole: true },
  "audit:read": { roles: ["admin"], key: null, isWhole: true },
  "organisation:manage": { roles: ["admin"], key: null, isWhole: true },
} as const satisfies Record<string, Rule>

export type Permission = keyof typeof permissions

const ruleOf = (permission: Permission): Rule => permissions[permission]

export function may(
  actor: Pick<Actor, "kind" | "role" | "scopes" | "stores">,
  permission: Permission,
): boolean {
  const { roles, key, isWhole } = ruleOf(permission)
  if (isWhole && actor.stores !== null) return false
  if (actor.kind === "key") return key !== null && actor.scopes.includes(key)
  return actor.role !== null && roles.includes(actor.role)
}

export const permissionsOf = (actor: Parameters<typeof may>[0]): Permission[] =>
  (Object.keys(permissions) as Permission[]).filter((permission) => may(actor, permission))

/** The error that tells the actor what is missing. Null if they have the permission. */
export function permissionError(actor: Parameters<typeof may>[0], permission: Permission): AppError | null {
  if (may(actor, permission)) return null
  const { roles, key, isWhole } = ruleOf(permission)
  if (isWhole && actor.stores !== null)
    return new AppError(
      "forbidden",
      "This needs access to the whole organisation. You have access to some stores only.",
    )
  if (actor.kind === "key")
    return new AppError(
      "forbidden",
      key === null ? "Keys cannot do this. Sign in." : `This key needs the scope ${key}.`,
    )
  return new AppError("forbidden", `This needs the role ${roles.join(" or ")}.`)
}

export function requirePermission(actor: Actor, permission: Permission): void {
  const refusal = permissionError(actor, permission)
  if (refusal) throw refusal
}
