import { redirect } from "next/navigation"
import { requireActor } from "@/lib/access/routes/page-actor"
import { paths } from "@/lib/base/paths"
import { lastCompleteWeek } from "@/lib/outlook/reports/last-complete-week"

export default async function WeeklyReportsPage() {
  const actor = await requireActor("fleet:read")
  redirect(paths.weeklyReport(await lastCompleteWeek({ actor, now: new Date() })))
}
