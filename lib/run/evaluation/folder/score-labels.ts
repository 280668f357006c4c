import { asWorker } from "@/lib/base/db/transaction"
import { addDays, type Day } from "@/lib/base/time/zone"
import { saleKey } from "@/lib/run/evaluation/folder/read-truth"
import { failedSales } from "@/lib/run/evaluation/folder/results-sql"
import { VerdictScore, type Said } from "@/lib/run/evaluation/score-verdicts"

/** Clocks that are wrong reach beyond the days on which records arrive. */
const marginDays = 8

/** How right the causes of failed sales were that their codes name, and the most frequent cause for all. */
export async function scoreLabels(
  orgId: string,
  { firstDay, days, causes }: { firstDay: Day; days: number; causes: ReadonlyMap<string, string> },
) {
  const [codeOnly, naive] = [new VerdictScore(), new VerdictScore()]
  const usual = mostFrequent(causes.values())
  for (let i = -marginDays; i <= days; i += 1) {
    const [from, to] = [i, i + 1].map((day) => new Date(`${addDays(firstDay, day)}T00:00:00Z`))
    if (!from || !to) continue
    for (const sale of await asWorker((db) => failedSales(db, orgId, { from, to }))) {
      const real = causes.get(saleKey({ ...sale, terminal: sale.serial }))
      if (real === undefined) continue
      const said = (cause: string): Said => ({ cause, certainty: null, real })
      codeOnly.add(said(sale.cause))
      naive.add(said(usual))
    }
  }
  return { codeOnly: codeOnly.figures(), naive: naive.figures() }
}

function mostFrequent(values: Iterable<string>): string {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? ""
}
