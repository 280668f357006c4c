import { handler } from "@/lib/access/routes/handler"
import { ChangeAnswer, SwapRequest } from "@/lib/fleet/terminals/life/life-schemas"
import { swapTerminal } from "@/lib/fleet/terminals/life/swap-terminal"
import { TerminalId } from "@/lib/fleet/terminals/schemas"

export const POST = handler({
  may: "inventory:write",
  params: TerminalId,
  body: SwapRequest,
  answer: ChangeAnswer,
  run: ({ actor, params, body }) => swapTerminal({ actor, terminalId: params.id, ...body }),
})
