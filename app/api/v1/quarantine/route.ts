import { handler } from "@/lib/http/handler"
import { listQuarantine } from "@/lib/quarantine/list-quarantine"
import { QuarantineQuery } from "@/lib/quarantine/schemas"

export const GET = handler({ auth: "read", query: QuarantineQuery, run: listQuarantine })
