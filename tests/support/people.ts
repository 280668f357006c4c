import { randomUUID } from "node:crypto"
import { encode } from "next-auth/jwt"
import sql from "sql-template-tag"
import type { Role } from "@/lib/access/actor/actor"
import { sessionCookie } from "@/lib/access/sessions/auth-cookies"
import { asWorker } from "@/lib/base/db/transaction"
import { sessionSecret } from "@/lib/base/env"

export type Places = { merchants?: number[]; regions?: number[]; stores?: number[] }
export type Person = { userId: string; email: string; sessionId: string; headers: Record<string, string> }

/** A signed-in user. `headers` carry the session, as our own pages send it. */
export async function givenPerson(orgId: string, role: Role, reach: Places | null = null): Promise<Person> {
  const email = `${role}-${randomUUID()}@example.com`
  const places = reach ? JSON.stringify({ merchants: [], regions: [], stores: [], ...reach }) : null
  const [row] = await asWorker((db) =>
    db.query<{ user_id: string; session_id: string }>(sql`
    with person as (
      insert into app_user (org_id, email, role, reach)
      values (${orgId}::uuid, ${email}, ${role}, ${places}::jsonb) returning id, org_id)
    insert into session (org_id, user_id) select org_id, id from person returning user_id, id as session_id`),
  )
  if (!row) throw new Error("the statement returned no row")
  const token = await encode({
    token: { sub: row.user_id, sid: row.session_id, org: orgId },
    secret: sessionSecret(),
  })
  const headers = { cookie: `${sessionCookie()}=${token}`, host: "localhost", origin: "http://localhost" }
  return { userId: row.user_id, email, sessionId: row.session_id, headers }
}
