import { sessionUser } from "@/lib/access/routes/authenticate"
import { endSession } from "@/lib/access/sessions/session"

/** Whoever signs in anew leaves the session behind that this browser had. */
export async function endFormerSession(headers: Headers): Promise<void> {
  const former = await sessionUser(headers)
  if (former) await endSession({ orgId: former.org_id, sessionId: former.session_id })
}
