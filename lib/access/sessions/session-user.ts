import type { Role } from "@/lib/access/actor/actor"

/** A signed-in user and session, as now in the database. */
export type SessionUser = {
  id: string
  org_id: string
  email: string
  name: string
  role: Role
  password_hash: string | null
  must_change_password: boolean
  store_ids: string[] | null
  session_id: string
  last_seen_at: Date
}
