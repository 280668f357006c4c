import { endOtherSessions } from "@/lib/account/end-sessions"
import { listSessions } from "@/lib/account/list-sessions"
import { OwnSessions, SessionsEnded } from "@/lib/account/schemas"
import { handler } from "@/lib/http/handler"

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
