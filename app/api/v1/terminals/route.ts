import { handler } from "@/lib/http/handler"
import { listTerminals } from "@/lib/terminals/list-terminals"
import { TerminalQuery } from "@/lib/terminals/schemas"

export const GET = handler({ may: "fleet:read", query: TerminalQuery, run: listTerminals })
