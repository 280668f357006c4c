import { handler } from "@/lib/http/handler"
import { getQuarantined } from "@/lib/quarantine/get-quarantined"
import { QuarantineId } from "@/lib/quarantine/schemas"

export const GET = handler({ may: "quarantine:read", params: QuarantineId, run: ({ actor, params }) => getQuarantined({ actor, ...params }) })
