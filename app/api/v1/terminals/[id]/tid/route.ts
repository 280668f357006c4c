import { handler } from "@/lib/http/handler"
import { changeTid } from "@/lib/terminals/change-tid"
import { TidRequest } from "@/lib/terminals/life-schemas"
import { TerminalId } from "@/lib/terminals/schemas"

export const POST = handler({
  may: "inventory:write", params: TerminalId, body: TidRequest,
  run: ({ actor, params, body }) => changeTid({ actor, terminalId: params.id, ...body }),
})
