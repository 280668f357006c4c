import { endOtherSessions } from "@/lib/access/account/end-sessions"
import { listSessions } from "@/lib/access/account/list-sessions"
import { OwnSessions, SessionsEnded } from "@/lib/access/account/schemas"
import { handler } from "@/lib/access/routes/handler"

export const GET = handler({
  may: "account",
  answer: OwnSessions,
  run: ({ actor }) => listSessions({ actor }),
})

export const DELETE = handler({
  may: "account",
  answer: SessionsEnded,
  run: ({ actor }) => endOtherSessions({ actor }),
})
