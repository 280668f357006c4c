import type { DataScope } from "@/lib/base/db/transaction"

export const roles = ["admin", "manager", "planner", "technician", "viewer"] as const
export type Role = (typeof roles)[number]

/** Scopes of an API key. */
export const scopes = ["ingest", "read", "write"] as const
export type Scope = (typeof scopes)[number]

/**
 * Who makes a request. Every verb takes an actor, and sees only its organisation or the stores in its
 * reach.
 */
export type Actor = DataScope & {
  kind: "user" | "key" | "system"
  /** The id of a user or key, or a fixed name such as "system". */
  id: string
  /** The name in audit entries: an email or a key's label. */
  name: string
  /** Null for keys, which have scopes. */
  role: Role | null
  scopes: readonly Scope[]
  /** The client's IP address. */
  address: string | null
  /** The session of a signed-in user. */
  sessionId?: string
}

/** The actor id of Tillwatch itself. */
export const systemId = "system"

/** Tillwatch itself acting for an organisation, for example the importer. */
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

/**
 * Tillwatch itself where it decides something that nobody has asked for. Unlike what it does for somebody,
 * this makes audit entries.
 */
export const selfActor = (orgId: string): Actor => ({ ...systemActor(orgId), id: "tillwatch" })

/** The actor id of commands, and the name that is kept where only names are. */
export const commandId = "command"
export const commandName = "command line"

/** Somebody on the server's command line. Unlike the system's own actions, theirs make audit entries. */
export const commandActor = (orgId: string): Actor => ({
  ...systemActor(orgId),
  id: commandId,
  name: commandName,
})
