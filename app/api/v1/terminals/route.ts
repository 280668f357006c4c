import { handler } from "@/lib/http/handler"
import { addTerminal } from "@/lib/terminals/add-terminal"
import { NewTerminal } from "@/lib/terminals/life-schemas"
import { listTerminals } from "@/lib/terminals/list-terminals"
import { TerminalQuery } from "@/lib/terminals/schemas"

export const GET = handler({ may: "fleet:read", query: TerminalQuery, run: listTerminals })

export const POST = handler({ may: "inventory:write", body: NewTerminal, run: ({ actor, body }) => addTerminal({ actor, terminal: body }) })
