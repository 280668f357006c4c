import { handler } from "@/lib/http/handler"
import { restoreQuarantine } from "@/lib/quarantine/discard-quarantine"
import { PutAsideQuery } from "@/lib/quarantine/schemas"

export const POST = handler({ auth: "ingest", query: PutAsideQuery, run: restoreQuarantine })
