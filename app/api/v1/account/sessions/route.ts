import { endOtherSessions } from "@/lib/account/end-sessions"
import { listSessions } from "@/lib/account/list-sessions"
import { handler } from "@/lib/http/handler"

export const GET = handler({ may: "account", run: ({ actor }) => listSessions({ actor }) })

export const DELETE = handler({ may: "account", run: ({ actor }) => endOtherSessions({ actor }) })
