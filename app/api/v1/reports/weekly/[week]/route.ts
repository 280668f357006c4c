import { handler } from "@/lib/access/routes/handler"
import { ReportQuery, WeeklyReport, WeekName } from "@/lib/outlook/reports/schemas"
import { weeklyReport } from "@/lib/outlook/reports/weekly-report"

export const GET = handler({
  may: "fleet:read",
  params: WeekName,
  query: ReportQuery,
  answer: WeeklyReport,
  run: ({ actor, params, query }) => weeklyReport({ actor, week: params.week, query }),
})
