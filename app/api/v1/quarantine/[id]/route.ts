import { handler } from "@/lib/http/handler"
import { getQuarantined } from "@/lib/quarantine/get-quarantined"
import { QuarantinedRecord, QuarantineId } from "@/lib/quarantine/schemas"

export const GET = handler({
  may: "quarantine:read",
  params: QuarantineId,
  answer: QuarantinedRecord,
  run: ({ actor, params }) => getQuarantined({ actor, ...params }),
})
