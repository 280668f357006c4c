import { recordHeartbeats } from "@/lib/heartbeats/record-heartbeats"
import { handler } from "@/lib/http/handler"
import { uploadOf } from "@/lib/ingest/upload"

export const POST = handler({
  may: "ingest",
  run: ({ actor, request }) => recordHeartbeats({ actor, upload: uploadOf(request) }),
})
