import { handler } from "@/lib/http/handler"
import { WeeklyReport, WeekName } from "@/lib/reports/schemas"
import { weeklyReport } from "@/lib/reports/weekly-report"

export const GET = handler({
  may: "fleet:read",
  params: WeekName,
  answer: WeeklyReport,
  run: ({ actor, params }) => weeklyReport({ actor, week: params.week }),
})
