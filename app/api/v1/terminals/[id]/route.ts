import { handler } from "@/lib/http/handler"
import { editTerminal } from "@/lib/terminals/edit-terminal"
import { getTerminal } from "@/lib/terminals/get-terminal"
import { ChangeAnswer, TerminalPatch } from "@/lib/terminals/life-schemas"
import { Terminal, TerminalId } from "@/lib/terminals/schemas"

export const GET = handler({
  may: "fleet:read",
  params: TerminalId,
  answer: Terminal,
  run: ({ actor, params }) => getTerminal({ actor, terminalId: params.id }),
})

export const PATCH = handler({
  may: "inventory:write",
  params: TerminalId,
  body: TerminalPatch,
  answer: ChangeAnswer,
  run: ({ actor, params, body }) => editTerminal({ actor, terminalId: params.id, patch: body }),
})
