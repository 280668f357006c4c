import { handler } from "@/lib/http/handler"
import { listQuarantine } from "@/lib/quarantine/list-quarantine"
import { QuarantineQuery } from "@/lib/quarantine/schemas"

export const GET = handler({ may: "quarantine:read", query: QuarantineQuery, run: listQuarantine })
