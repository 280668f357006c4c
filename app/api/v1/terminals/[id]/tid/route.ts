import { handler } from "@/lib/access/routes/handler"
import { changeTid } from "@/lib/fleet/terminals/life/change-tid"
import { ChangeAnswer, TidRequest } from "@/lib/fleet/terminals/life/life-schemas"
import { TerminalId } from "@/lib/fleet/terminals/schemas"

export const POST = handler({
  may: "inventory:write",
  params: TerminalId,
  body: TidRequest,
  answer: ChangeAnswer,
  run: ({ actor, params, body }) => changeTid({ actor, terminalId: params.id, ...body }),
})
