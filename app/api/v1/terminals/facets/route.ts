import { handler } from "@/lib/http/handler"
import { terminalFacets } from "@/lib/terminals/list-terminals"

export const GET = handler({ may: "fleet:read", run: terminalFacets })
