import { redirect } from "next/navigation"
import { requireActor } from "@/lib/access/page-actor"
import { lastCompleteWeek } from "@/lib/reports/last-complete-week"
import { paths } from "@/lib/paths"

export default async function WeeklyReportsPage() {
  const actor = await requireActor(paths.weeklyReports, "fleet:read")
  redirect(paths.weeklyReport(await lastCompleteWeek({ actor, now: new Date() })))
}
