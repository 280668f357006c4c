import { handler } from "@/lib/access/routes/handler"
import { changeTerminal } from "@/lib/fleet/terminals/life/change-terminals"
import { BulkAnswer, EnrolRequest } from "@/lib/fleet/terminals/life/life-schemas"
import { TerminalId } from "@/lib/fleet/terminals/schemas"

export const POST = handler({
  may: "inventory:write",
  params: TerminalId,
  body: EnrolRequest,
  answer: BulkAnswer,
  run: ({ actor, params, body: { store, status, at, note } }) =>
    changeTerminal({ actor, terminalId: params.id, change: { isEnrolment: true, store, status }, at, note }),
})
