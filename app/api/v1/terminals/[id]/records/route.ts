import { handler } from "@/lib/http/handler"
import { recentRecords } from "@/lib/terminals/get-terminal"
import { RecentRecords, TerminalId } from "@/lib/terminals/schemas"

export const GET = handler({
  may: "fleet:read",
  params: TerminalId,
  answer: RecentRecords,
  run: ({ actor, params }) => recentRecords({ actor, terminalId: params.id }),
})
