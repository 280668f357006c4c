import { asWorker, asWorkerInOneSnapshot, type Db } from "@/lib/base/db/transaction"
import { countOpenFlags, rankAgain } from "@/lib/insight/standings/note-changes"
import { settleStandings, standingsOf } from "@/lib/insight/standings/settle-standings"
import { openFlagsOf, organisations, storedStandings } from "@/lib/insight/standings/sql"

const mostAtOnce = 2_000

type Check = {
  /** All organisations if none is given. */
  orgId: string | null
  isRepair: boolean
  now?: Date
}

type Difference = {
  organisation: string
  table: "terminal_standing"
  key: string
  column: "worst_rank" | "best_rank" | "open_flags"
  stored: string
  recounted: string
}
type Wrong = Omit<Difference, "organisation"> & { id: number }

/**
 * Compares standings with the terminals' days and flags. Terminals that wait to be ranked again are left out.
 * With `isRepair` the wrong ones are ranked again.
 */
export async function checkStandings({ orgId, isRepair, now = new Date() }: Check): Promise<Difference[]> {
  const found: Difference[] = []
  for (const { id, name: organisation } of await asWorker((db) => organisations(db, orgId))) {
    for (let after: number | null = 0; after !== null;) {
      const from: number = after
      const slice = await asWorkerInOneSnapshot((db) => compareSlice(db, { orgId: id, now, after: from }))
      for (const { id: _id, ...wrong } of slice.wrong) found.push({ organisation, ...wrong })
      if (isRepair && slice.wrong.length > 0) await asWorker((db) => repair(db, slice.wrong))
      after = slice.last
    }
  }
  if (isRepair && found.length > 0) await settleStandings({ now })
  return found
}

async function repair(db: Db, wrong: readonly Wrong[]): Promise<void> {
  const ids = [...new Set(wrong.map(({ id }) => id))]
  await rankAgain(db, ids)
  await countOpenFlags(db, ids)
}

type Slice = { orgId: string; now: Date; after: number }

async function compareSlice(db: Db, slice: Slice): Promise<{ wrong: Wrong[]; last: number | null }> {
  const stored = await storedStandings(db, { ...slice, limit: mostAtOnce })
  const ids = stored.map(({ id }) => id)
  const ranked = new Map((await standingsOf(db, { ...slice, ids })).map((one) => [one.id, one]))
  const flagsOf = new Map((await openFlagsOf(db, ids)).map(({ id, flags }) => [id, flags]))
  const wrong = stored.flatMap(({ id, ...row }) => {
    const right = ranked.get(id)
    const pairs = [
      ["worst_rank", row.worst, right?.worst ?? row.worst],
      ["best_rank", row.best, right?.best ?? row.best],
      ["open_flags", row.flags, flagsOf.get(id) ?? 0],
    ] as const
    return pairs
      .filter(([, is, shouldBe]) => is !== shouldBe)
      .map(([column, is, shouldBe]): Wrong => ({
        id,
        table: "terminal_standing",
        key: `terminal_id ${id}`,
        column,
        stored: String(is),
        recounted: String(shouldBe),
      }))
  })
  return { wrong, last: stored.length === mostAtOnce ? (ids.at(-1) ?? null) : null }
}
