import { z } from "zod"
import { handler } from "@/lib/access/routes/handler"
import { locales } from "@/lib/base/i18n/locale"
import { ReportQuery, WeekName } from "@/lib/outlook/reports/schemas"
import { weeklyCsv } from "@/lib/outlook/reports/weekly-csv"
import { weeklyReport } from "@/lib/outlook/reports/weekly-report"
import { reportWords } from "@/lib/outlook/reports/words"

export const GET = handler({
  may: "fleet:read",
  params: WeekName,
  query: ReportQuery.extend({ lang: z.enum(locales).default("zh") }),
  answer: "file",
  run: async ({ actor, params, query }) => {
    const report = await weeklyReport({ actor, week: params.week, query })
    return new Response(weeklyCsv(report, reportWords(query.lang)), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="tillwatch-${report.week}-${query.lang}.csv"`,
        "cache-control": "no-store",
      },
    })
  },
})
