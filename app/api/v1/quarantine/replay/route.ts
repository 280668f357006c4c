import { handler } from "@/lib/access/routes/handler"
import { replayQuarantine } from "@/lib/intake/quarantine/replay-quarantine"
import { Replayed, ReplayQuery } from "@/lib/intake/quarantine/schemas"

export const POST = handler({
  may: "quarantine:write",
  query: ReplayQuery,
  answer: Replayed,
  run: replayQuarantine,
})
