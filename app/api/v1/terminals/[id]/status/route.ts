import { handler } from "@/lib/http/handler"
import { changeTerminal } from "@/lib/terminals/change-terminals"
import { BulkAnswer, StatusRequest } from "@/lib/terminals/life-schemas"
import { TerminalId } from "@/lib/terminals/schemas"

export const POST = handler({
  may: "inventory:write",
  params: TerminalId,
  body: StatusRequest,
  answer: BulkAnswer,
  run: ({ actor, params, body: { status, at, note } }) =>
    changeTerminal({ actor, terminalId: params.id, change: { status }, at, note }),
})
