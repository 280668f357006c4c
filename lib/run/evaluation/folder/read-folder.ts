import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { AppError } from "@/lib/base/errors"
import { addDays, daysBetween, type Day } from "@/lib/base/time/zone"

/** What arrived on one UTC day: the paths of its files. */
export type ArrivalDay = { day: Day; heartbeats: string | null; transactions: string | null }

const dayFile = /^(?:hb|tx)-(\d{4}-\d{2}-\d{2})\.ndjson$/
/** A mistyped year would make a run of centuries. */
const mostDays = 1_500

/** The days of a folder in order, without a gap: on a day without files nothing arrived. */
export function daysOf(folder: string): ArrivalDay[] {
  if (!existsSync(folder)) throw new AppError("not_found", `There is no folder ${folder}.`)
  const found = readdirSync(folder).flatMap((name) => dayFile.exec(name)?.[1] ?? [])
  const [first, last] = [found.toSorted()[0], found.toSorted().at(-1)]
  if (!first || !last)
    throw new AppError(
      "invalid",
      `${folder} has no records: hb-2026-03-02.ndjson or tx-2026-03-02.ndjson, one file for each UTC day.`,
    )
  const count = daysBetween(first, last) + 1
  if (!(count <= mostDays))
    throw new AppError("invalid", `The files of ${folder} reach from ${first} to ${last}. Check their names.`)
  const pathOf = (name: string) => (existsSync(join(folder, name)) ? join(folder, name) : null)
  return Array.from({ length: count }, (_, i) => {
    const day = addDays(first, i)
    return { day, heartbeats: pathOf(`hb-${day}.ndjson`), transactions: pathOf(`tx-${day}.ndjson`) }
  })
}
