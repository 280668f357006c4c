import { handler } from "@/lib/access/routes/handler"
import { editTerminal } from "@/lib/fleet/terminals/life/edit-terminal"
import { ChangeAnswer, TerminalPatch } from "@/lib/fleet/terminals/life/life-schemas"
import { getTerminal } from "@/lib/fleet/terminals/read/get-terminal"
import { Terminal, TerminalId } from "@/lib/fleet/terminals/schemas"

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
