import { causes } from "@/lib/fleet/code-packs/cause"
import type { ReportChange, WeeklyFigures } from "@/lib/outlook/reports/schemas"

type Figure = Omit<ReportChange, "was" | "is"> & { count: number }

/** What changed in a week's figures since they were frozen: totals, and those of each cause. */
export function changesSince(frozen: WeeklyFigures, now: WeeklyFigures): ReportChange[] {
  const before = figuresOf(frozen)
  return figuresOf(now).flatMap(({ figure, cause, count }, i) => {
    const was = before[i]?.count ?? 0
    return was === count ? [] : [{ figure, cause, was, is: count }]
  })
}

/** Always the same figures in the same order. */
function figuresOf({ total, byCause, lost, availability, flags }: WeeklyFigures): Figure[] {
  const failed = new Map(byCause.map(({ cause, failures }) => [cause, failures]))
  const lostOf = (cause: string) =>
    lost.data.filter(({ value }) => value === cause).reduce((sum, { sales }) => sum + sales, 0)
  return [
    { figure: "sales", cause: null, count: total.attempts },
    { figure: "failed", cause: null, count: total.failures },
    ...causes.map((cause) => ({ figure: "failed" as const, cause, count: failed.get(cause) ?? 0 })),
    ...causes.map((cause) => ({ figure: "lost" as const, cause, count: lostOf(cause) })),
    { figure: "upHours", cause: null, count: availability.upHours },
    { figure: "opened", cause: null, count: flags.opened.length },
    { figure: "closed", cause: null, count: flags.closed.length },
    { figure: "open", cause: null, count: flags.open.length },
  ]
}
