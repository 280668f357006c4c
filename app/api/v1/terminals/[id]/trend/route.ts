import { handler } from "@/lib/access/routes/handler"
import { terminalTrend } from "@/lib/fleet/terminals/read/get-terminal"
import { TerminalId, Trend, TrendQuery } from "@/lib/fleet/terminals/schemas"

export const GET = handler({
  may: "fleet:read",
  params: TerminalId,
  query: TrendQuery,
  answer: Trend,
  run: ({ actor, params, query }) => terminalTrend({ actor, terminalId: params.id, days: query.days }),
})
