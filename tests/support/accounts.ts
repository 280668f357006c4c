import { randomUUID } from "node:crypto"
import { TOTP, Secret } from "otpauth"
import sql from "sql-template-tag"
import { expect } from "vitest"
import { POST as beginTotp, PUT as confirmTotp } from "@/app/api/v1/account/totp/route"
import { systemActor } from "@/lib/access/actor/actor"
import { createUser } from "@/lib/access/users/create-user"
import { asWorker } from "@/lib/base/db/transaction"
import { call } from "@/tests/support/http"

export const goodPassword = "three blue bicycles at dawn"

export const givenAccount = async (orgId: string): Promise<{ email: string; password: string }> =>
  createUser({
    actor: systemActor(orgId),
    email: `${randomUUID()}@example.com`,
    role: "viewer",
    password: goodPassword,
  })

/** The code that an authenticator app shows now, or `steps` time steps later. */
export const codeOf = (secret: string, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 })

/** Turns on two-step verification, as the account page does. */
export async function turnTotpOn(
  headers: Record<string, string>,
): Promise<{ secret: string; codes: string[] }> {
  const begun = await call(beginTotp, "/api/v1/account/totp", {
    headers,
    body: JSON.stringify({ password: goodPassword }),
  })
  expect(begun.status).toBe(200)
  const { text: secret } = (await begun.json()) as { text: string }
  // Confirms with the previous step's code, so that the codes of this and the next step stay unused.
  const confirmed = await call(confirmTotp, "/api/v1/account/totp", {
    method: "PUT",
    headers,
    body: JSON.stringify({ code: codeOf(secret, -1) }),
  })
  expect(confirmed.status).toBe(200)
  const { codes } = (await confirmed.json()) as { codes: string[] }
  return { secret, codes }
}

/** The actions in an organisation's audit log, oldest first. */
export const auditEntriesOf = async (orgId: string): Promise<string[]> =>
  (
    await asWorker((db) =>
      db.query<{ action: string }>(
        sql`select action from audit_entry where org_id = ${orgId}::uuid order by id`,
      ),
    )
  ).map(({ action }) => action)
