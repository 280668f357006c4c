import { endSession } from "@/lib/access/sessions/session"
import { userOfCookie } from "@/lib/access/sessions/user-of-cookie"

/** Ends the session that this browser had before a new sign-in. */
export async function endFormerSession(headers: Headers): Promise<void> {
  const former = await userOfCookie(headers)
  if (former) await endSession({ orgId: former.org_id, sessionId: former.session_id })
}
