import { handler } from "@/lib/http/handler"
import { terminalFacets } from "@/lib/terminals/list-terminals"
import { TerminalFacets } from "@/lib/terminals/schemas"

export const GET = handler({ may: "fleet:read", answer: TerminalFacets, run: terminalFacets })
