import type { DataScope } from "@/lib/base/db/transaction"

export const roles = ["admin", "manager", "planner", "technician", "viewer"] as const
export type Role = (typeof roles)[number]

/** What an API key is made for. */
export const scopes = ["ingest", "read", "write"] as const
export type Scope = (typeof scopes)[number]

/** Who asks: every verb takes one, and sees its organisation, or the stores it is limited to, alone. */
export type Actor = DataScope & {
  kind: "user" | "key" | "system"
  /** The user's, key's or process's name for itself. */
  id: string
  /** What the audit trail calls it: an e-mail address, a key's label. */
  name: string
  /** A user's; keys have scopes instead. */
  role: Role | null
  scopes: readonly Scope[]
  /** Where the request came from. */
  address: string | null
  /** The session that a user asks through. */
  sessionId?: string
}

/** Tillwatch's own name for itself. */
export const systemId = "system"

/** A process of Tillwatch itself acting for an organisation: importer, simulator. */
export const systemActor = (orgId: string): Actor => ({
  orgId,
  stores: null,
  kind: "system",
  id: systemId,
  name: "Tillwatch",
  role: "admin",
  scopes,
  address: null,
})

/** What the trail knows the server's command line by. */
export const commandId = "command"

/**
 * Somebody at the server's own command line: unlike what Tillwatch does by itself, their entries are written
 * down.
 */
export const commandActor = (orgId: string): Actor => ({
  ...systemActor(orgId),
  id: commandId,
  name: "command line",
})
