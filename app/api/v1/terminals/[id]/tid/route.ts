import { handler } from "@/lib/http/handler"
import { changeTid } from "@/lib/terminals/change-tid"
import { ChangeAnswer, TidRequest } from "@/lib/terminals/life-schemas"
import { TerminalId } from "@/lib/terminals/schemas"

export const POST = handler({
  may: "inventory:write",
  params: TerminalId,
  body: TidRequest,
  answer: ChangeAnswer,
  run: ({ actor, params, body }) => changeTid({ actor, terminalId: params.id, ...body }),
})
