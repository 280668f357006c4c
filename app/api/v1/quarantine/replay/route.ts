import { handler } from "@/lib/http/handler"
import { replayQuarantine } from "@/lib/quarantine/replay-quarantine"
import { Replayed, ReplayQuery } from "@/lib/quarantine/schemas"

export const POST = handler({
  may: "quarantine:write",
  query: ReplayQuery,
  answer: Replayed,
  run: replayQuarantine,
})
