import { handler } from "@/lib/http/handler"
import { changeTerminal } from "@/lib/terminals/change-terminals"
import { BulkAnswer, EnrolRequest } from "@/lib/terminals/life-schemas"
import { TerminalId } from "@/lib/terminals/schemas"

export const POST = handler({
  may: "inventory:write",
  params: TerminalId,
  body: EnrolRequest,
  answer: BulkAnswer,
  run: ({ actor, params, body: { store, status, at, note } }) =>
    changeTerminal({ actor, terminalId: params.id, change: { isEnrolment: true, store, status }, at, note }),
})
