import { redirect } from "next/navigation"
import { requireActor } from "@/lib/access/page-actor"
import { paths } from "@/lib/paths"
import { lastCompleteWeek } from "@/lib/reports/last-complete-week"

export default async function WeeklyReportsPage() {
  const actor = await requireActor(paths.weeklyReports, "fleet:read")
  redirect(paths.weeklyReport(await lastCompleteWeek({ actor, now: new Date() })))
}
