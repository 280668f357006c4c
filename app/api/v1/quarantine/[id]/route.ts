import { handler } from "@/lib/access/routes/handler"
import { getQuarantined } from "@/lib/intake/quarantine/get-quarantined"
import { QuarantinedRecord, QuarantineId } from "@/lib/intake/quarantine/schemas"

export const GET = handler({
  may: "quarantine:read",
  params: QuarantineId,
  answer: QuarantinedRecord,
  run: ({ actor, params }) => getQuarantined({ actor, ...params }),
})
