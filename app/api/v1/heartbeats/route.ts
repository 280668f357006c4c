import { handler } from "@/lib/access/routes/handler"
import { uploadOf } from "@/lib/base/http/upload"
import { recordHeartbeats } from "@/lib/intake/heartbeats/record-heartbeats"
import { IngestAnswer } from "@/lib/intake/ingest/answer"

export const POST = handler({
  may: "ingest",
  answer: IngestAnswer,
  run: ({ actor, request }) => recordHeartbeats({ actor, upload: uploadOf(request) }),
})
