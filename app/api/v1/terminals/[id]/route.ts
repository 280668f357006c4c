import { handler } from "@/lib/http/handler"
import { getTerminal } from "@/lib/terminals/get-terminal"
import { TerminalId } from "@/lib/terminals/schemas"

export const GET = handler({ may: "fleet:read", params: TerminalId, run: ({ actor, params }) => getTerminal({ actor, terminalId: params.id }) })
