import { handler } from "@/lib/http/handler"
import { addTerminal } from "@/lib/terminals/add-terminal"
import { AddedTerminal, NewTerminal } from "@/lib/terminals/life-schemas"
import { listTerminals } from "@/lib/terminals/list-terminals"
import { TerminalPage, TerminalQuery } from "@/lib/terminals/schemas"

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
