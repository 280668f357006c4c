import { recordAudit } from "@/lib/access/audit/record-audit"
import { findCredentials } from "@/lib/access/credentials/find-credentials"
import { verifyPassword } from "@/lib/access/credentials/password"
import { spendCode } from "@/lib/access/credentials/second-factor"
import type { Client } from "@/lib/access/sessions/client"
import { beginSession } from "@/lib/access/sessions/session"
import { limitSecondFactor, limitSignIn } from "@/lib/access/sign-in/limit-sign-in"
import { inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"

export type Credentials = {
  email: string
  password: string
  /** From the app, or a recovery code. Empty at first. */
  code: string
}

/** Only someone who knows the password learns that a code is missing or wrong. */
export type SignIn =
  | { kind: "signedIn"; userId: string; orgId: string; sessionId: string }
  | { kind: "refused" | "codeNeeded" | "codeWrong" }

/**
 * Checks email, password and, if it is on, the code. Begins a session if all are right. Refuses too many
 * attempts.
 */
export async function signIn({ email, password, code }: Credentials, client: Client): Promise<SignIn> {
  const onSuccess = await limitSignIn({ email, address: client.address })
  const user = await findCredentials(email)
  const isRight = await verifyPassword(password, user?.password_hash ?? null)
  if (!user || !isRight) return { kind: "refused" }
  if (user.totp_enabled) {
    if (code.trim() === "") return { kind: "codeNeeded" }
    const onCodeAccepted = await limitSecondFactor(user.id)
    if (!(await passSecondFactor(user, email, code, client))) return { kind: "codeWrong" }
    await onCodeAccepted()
  }
  await onSuccess()
  const sessionId = await beginSession({ orgId: user.org_id, userId: user.id, ...client })
  return { kind: "signedIn", userId: user.id, orgId: user.org_id, sessionId }
}

const passSecondFactor = (
  user: { id: string; org_id: string },
  email: string,
  code: string,
  { address }: Client,
): Promise<boolean> =>
  inOrganisation(wholeOrganisation(user.org_id), async (db) => {
    const spent = await spendCode(db, user.id, code)
    if (spent === "recovery") {
      const actor = {
        orgId: user.org_id,
        stores: null,
        kind: "user",
        id: user.id,
        name: email.trim().toLowerCase(),
        role: null,
        scopes: [],
        address,
      } as const
      await recordAudit(db, actor, [
        { action: "recovery_code.used", subject: { kind: "user", id: user.id, name: actor.name } },
      ])
    }
    return spent !== null
  })
