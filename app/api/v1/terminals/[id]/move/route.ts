import { handler } from "@/lib/http/handler"
import { changeTerminal } from "@/lib/terminals/change-terminals"
import { BulkAnswer, MoveRequest } from "@/lib/terminals/life-schemas"
import { TerminalId } from "@/lib/terminals/schemas"

export const POST = handler({
  may: "inventory:write",
  params: TerminalId,
  body: MoveRequest,
  answer: BulkAnswer,
  run: ({ actor, params, body: { store, at, note } }) =>
    changeTerminal({ actor, terminalId: params.id, change: { store }, at, note }),
})
