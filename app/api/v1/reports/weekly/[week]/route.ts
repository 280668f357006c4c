import { handler } from "@/lib/access/routes/handler"
import { WeeklyReport, WeekName } from "@/lib/outlook/reports/schemas"
import { weeklyReport } from "@/lib/outlook/reports/weekly-report"

export const GET = handler({
  may: "fleet:read",
  params: WeekName,
  answer: WeeklyReport,
  run: ({ actor, params }) => weeklyReport({ actor, week: params.week }),
})
