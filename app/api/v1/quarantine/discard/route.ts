import { handler } from "@/lib/http/handler"
import { discardQuarantine } from "@/lib/quarantine/discard-quarantine"
import { PutAsideQuery } from "@/lib/quarantine/schemas"

export const POST = handler({ auth: "ingest", query: PutAsideQuery, run: discardQuarantine })
