import { handler } from "@/lib/access/routes/handler"
import { recentRecords } from "@/lib/fleet/terminals/read/get-terminal"
import { RecentRecords } from "@/lib/fleet/terminals/record-schemas"
import { TerminalId } from "@/lib/fleet/terminals/schemas"

export const GET = handler({
  may: "fleet:read",
  params: TerminalId,
  answer: RecentRecords,
  run: ({ actor, params }) => recentRecords({ actor, terminalId: params.id }),
})
