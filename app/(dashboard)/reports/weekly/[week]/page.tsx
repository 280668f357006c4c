import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { WeeklyReportScreen } from "@/components/reports/weekly-report-screen"
import { orNotFound } from "@/lib/access/routes/or-not-found"
import { requireActor } from "@/lib/access/routes/page-actor"
import { readerLanguage } from "@/lib/base/i18n/reader-language"
import { namesIn } from "@/lib/base/names/names"
import { ReportQuery } from "@/lib/outlook/reports/schemas"
import { parseWeek, shiftWeek } from "@/lib/outlook/reports/week"
import { weeklyReport } from "@/lib/outlook/reports/weekly-report"

type Props = {
  params: Promise<{ week: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${(await getTranslations("report"))("title")} ${(await params).week}` }
}

export default async function WeeklyReportPage({ params, searchParams }: Props) {
  const { week } = await params
  const { figures } = await searchParams
  const query = ReportQuery.safeParse({ figures }).data ?? ReportQuery.parse({})
  const actor = await requireActor("fleet:read")
  const report = await weeklyReport({ actor, week, query }).catch(orNotFound)
  const parsed = parseWeek(report.week)
  return (
    <WeeklyReportScreen
      report={namesIn(await readerLanguage(), report)}
      previous={shiftWeek(parsed, -1).name}
      next={report.isOver ? shiftWeek(parsed, 1).name : null}
    />
  )
}
