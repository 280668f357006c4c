import { endOwnSession } from "@/lib/account/end-sessions"
import { SessionId } from "@/lib/account/schemas"
import { handler } from "@/lib/http/handler"

export const DELETE = handler({ may: "account", params: SessionId, run: ({ actor, params }) => endOwnSession({ actor, sessionId: params.id }) })
