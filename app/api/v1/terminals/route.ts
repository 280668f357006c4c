import { handler } from "@/lib/access/routes/handler"
import { addTerminal } from "@/lib/fleet/terminals/life/add-terminal"
import { AddedTerminal, NewTerminal } from "@/lib/fleet/terminals/life/life-schemas"
import { listTerminals } from "@/lib/fleet/terminals/read/list-terminals"
import { TerminalPage, TerminalQuery } from "@/lib/fleet/terminals/schemas"

export const GET = handler({
  may: "fleet:read",
  query: TerminalQuery,
  answer: TerminalPage,
  run: listTerminals,
})

export const POST = handler({
  may: "inventory:write",
  body: NewTerminal,
  answer: AddedTerminal,
  run: ({ actor, body }) => addTerminal({ actor, terminal: body }),
})
