import { handler } from "@/lib/http/handler"
import { readText } from "@/lib/http/read-text"
import { readCorrection } from "@/lib/quarantine/read-correction"
import { replayRecord } from "@/lib/quarantine/replay-record"
import { QuarantineId, ReplayedRecord } from "@/lib/quarantine/schemas"

export const POST = handler({
  may: "quarantine:write",
  params: QuarantineId,
  answer: ReplayedRecord,
  run: async ({ actor, params, request }) =>
    replayRecord({ actor, ...params, correction: readCorrection(await readText(request)) }),
})
