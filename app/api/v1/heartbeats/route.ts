import { recordHeartbeats } from "@/lib/heartbeats/record-heartbeats"
import { handler } from "@/lib/http/handler"
import { IngestAnswer } from "@/lib/ingest/answer"
import { uploadOf } from "@/lib/ingest/upload"

export const POST = handler({
  may: "ingest",
  answer: IngestAnswer,
  run: ({ actor, request }) => recordHeartbeats({ actor, upload: uploadOf(request) }),
})
