import { AppError } from "@/lib/errors"

export const roles = ["admin", "viewer"] as const
export type Role = (typeof roles)[number]

export const scopes = ["ingest", "read"] as const
export type Scope = (typeof scopes)[number]

/** Who asks: every verb takes one, and sees that organisation alone. */
export type Actor = {
  orgId: string
  kind: "user" | "key" | "system"
  /** The user's, key's or process's name for itself. */
  id: string
  role: Role | null
  scopes: readonly Scope[]
}

export function requireScope(actor: Actor, scope: Scope): void {
  if (!actor.scopes.includes(scope)) {
    throw new AppError("forbidden", `This key may not ${scope}: create one with npm run key:create -- --label NAME --scope ${scope}`)
  }
}

const rank: Record<Role, number> = { viewer: 1, admin: 2 }

export function requireRole(actor: Actor, role: Role): void {
  if (actor.role === null || rank[actor.role] < rank[role]) {
    throw new AppError("forbidden", `This needs the role ${role}.`)
  }
}

export const scopesOfRole = (role: Role): readonly Scope[] => (role === "admin" ? ["ingest", "read"] : ["read"])

/** A process of Tillwatch itself acting for an organisation: importer, simulator. */
export const systemActor = (orgId: string): Actor => ({ orgId, kind: "system", id: "system", role: "admin", scopes })
