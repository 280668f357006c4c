import { once } from "node:events"
import { createWriteStream } from "node:fs"
import { join } from "node:path"
import { finished } from "node:stream/promises"
import { asWorker } from "@/lib/base/db/transaction"
import { addDays, type Day } from "@/lib/base/time/zone"
import { bySales, RatioTally } from "@/lib/insight/verdicts/learn-ratios"
import { priorOf, saysOf } from "@/lib/insight/verdicts/priors"
import { causeOfShares } from "@/lib/insight/verdicts/scales"
import { saleKey } from "@/lib/run/evaluation/folder/read-truth"
import { judgedSales, type SaleRow } from "@/lib/run/evaluation/folder/results-sql"
import { VerdictScore } from "@/lib/run/evaluation/score-verdicts"

/** Clocks that are wrong reach beyond the days on which records arrive. */
const marginDays = 8

type Given = {
  out: string
  firstDay: Day
  days: number
  /** The real cause of each failed sale, where it is known. */
  causes: ReadonlyMap<string, string>
}

/**
 * Writes the verdict on each failed sale, day by day, and scores them: beside the cause that each code names,
 * the likeliest before any evidence, and the most frequent cause for all.
 */
export async function writeVerdicts(orgId: string, { out, firstDay, days, causes }: Given) {
  const file = createWriteStream(join(out, "verdicts.ndjson"))
  const [engine, naive] = [new VerdictScore(), new VerdictScore()]
  const [codeOnly, priorOnly] = [new VerdictScore(), new VerdictScore()]
  const usual = mostFrequent(causes.values())
  const tally = new RatioTally()
  let count = 0
  for (let i = -marginDays; i <= days; i += 1) {
    const from = new Date(`${addDays(firstDay, i)}T00:00:00Z`)
    const to = new Date(`${addDays(firstDay, i + 1)}T00:00:00Z`)
    const sales = await asWorker((db) => judgedSales(db, orgId, { from, to }))
    count += sales.length
    if (!file.write(sales.map((sale) => `${JSON.stringify(lineOf(sale))}\n`).join("")))
      await once(file, "drain")
    for (const sale of sales) {
      const { serial, id, at, cause, kind, codes, device, card, operator, system } = sale
      const real = causes.get(saleKey({ terminal: serial, id, at }))
      if (real === undefined) continue
      engine.add({ cause, real, certainty: Math.max(device, card, operator, system) })
      codeOnly.add({ cause: sale.code_cause, real, certainty: null })
      priorOnly.add({
        cause: causeOfShares(priorOf(kind, saysOf(sale.code_cause, sale))),
        real,
        certainty: null,
      })
      naive.add({ cause: usual, real, certainty: null })
      tally.add({ kind, codes, real })
    }
  }
  file.end()
  await finished(file)
  return {
    count,
    engine: engine.figures(),
    codeOnly: codeOnly.figures(),
    priorOnly: priorOnly.figures(),
    naive: naive.figures(),
    ratios: tally.learnt(bySales),
  }
}

const lineOf = ({ serial, id, at, cause, device, card, operator, system }: SaleRow) => ({
  terminal: serial,
  id,
  at: at.toISOString(),
  cause,
  p: { device, card, operator, system },
})

function mostFrequent(values: Iterable<string>): string {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? ""
}
