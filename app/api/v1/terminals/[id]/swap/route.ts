import { handler } from "@/lib/http/handler"
import { ChangeAnswer, SwapRequest } from "@/lib/terminals/life-schemas"
import { TerminalId } from "@/lib/terminals/schemas"
import { swapTerminal } from "@/lib/terminals/swap-terminal"

export const POST = handler({
  may: "inventory:write",
  params: TerminalId,
  body: SwapRequest,
  answer: ChangeAnswer,
  run: ({ actor, params, body }) => swapTerminal({ actor, terminalId: params.id, ...body }),
})
