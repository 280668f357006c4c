import { handler } from "@/lib/access/routes/handler"
import { terminalFacets } from "@/lib/fleet/terminals/read/list-terminals"
import { TerminalFacets } from "@/lib/fleet/terminals/schemas"

export const GET = handler({ may: "fleet:read", answer: TerminalFacets, run: terminalFacets })
