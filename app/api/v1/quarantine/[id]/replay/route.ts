import { handler } from "@/lib/access/routes/handler"
import { readText } from "@/lib/base/http/read-text"
import { readCorrection } from "@/lib/intake/quarantine/read-correction"
import { replayRecord } from "@/lib/intake/quarantine/replay-record"
import { QuarantineId, ReplayedRecord } from "@/lib/intake/quarantine/schemas"

export const POST = handler({
  may: "quarantine:write",
  params: QuarantineId,
  answer: ReplayedRecord,
  run: async ({ actor, params, request }) =>
    replayRecord({ actor, ...params, correction: readCorrection(await readText(request)) }),
})
