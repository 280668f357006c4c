import { handler } from "@/lib/http/handler"
import { terminalTrend } from "@/lib/terminals/get-terminal"
import { TerminalId, Trend, TrendQuery } from "@/lib/terminals/schemas"

export const GET = handler({
  may: "fleet:read",
  params: TerminalId,
  query: TrendQuery,
  answer: Trend,
  run: ({ actor, params, query }) => terminalTrend({ actor, terminalId: params.id, days: query.days }),
})
