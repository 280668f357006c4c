import { handler } from "@/lib/access/routes/handler"
import { TerminalId } from "@/lib/fleet/terminals/schemas"
import { getWear } from "@/lib/insight/trends/get-wear"
import { Wear } from "@/lib/insight/trends/schemas"

export const GET = handler({
  may: "fleet:read",
  params: TerminalId,
  answer: Wear,
  run: ({ actor, params }) => getWear({ actor, terminalId: params.id }),
})
