import { retryConflicts } from "@/lib/base/db/retry-conflicts"
import { asWorker, asWorkerInOneSnapshot, type Db } from "@/lib/base/db/transaction"
import { countOpenFlags, rankAgain, withoutStanding } from "@/lib/insight/standings/note-changes"
import { settleStandings, standingsOf } from "@/lib/insight/standings/settle-standings"
import {
  lookedAt,
  openFlagsOf,
  organisations,
  storedStandings,
  terminalsAfter,
} from "@/lib/insight/standings/sql"

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
  column: "terminal_id" | "worst_rank" | "best_rank" | "open_flags"
  /** Null if the row is missing. */
  stored: string | null
  recounted: string
}
type Wrong = Omit<Difference, "organisation"> & { id: number }

/**
 * Compares standings with the terminals' days and flags. Terminals that wait to be ranked are left out.
 * With `isRepair` the wrong ones are ranked again.
 */
export async function checkStandings({ orgId, isRepair, now = new Date() }: Check): Promise<Difference[]> {
  const found: Difference[] = []
  for (const { id, name: organisation } of await asWorker((db) => organisations(db, orgId))) {
    for (let after: number | null = 0; after !== null;) {
      const from: number = after
      const slice = await asWorkerInOneSnapshot((db) => compareSlice(db, { orgId: id, now, after: from }))
      for (const { id: _id, ...wrong } of slice.wrong) found.push({ organisation, ...wrong })
      if (isRepair && slice.wrong.length > 0)
        await retryConflicts(() => asWorker((db) => repair(db, slice.wrong)))
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
  const ids = (await terminalsAfter(db, { ...slice, limit: mostAtOnce })).map(({ id }) => id)
  const wrong = [...(await missingRows(db, { ...slice, ids })), ...(await wrongRows(db, { ...slice, ids }))]
  return { wrong, last: ids.length === mostAtOnce ? (ids.at(-1) ?? null) : null }
}

type Some = { orgId: string; now: Date; ids: readonly number[] }

/** New terminals get their rows when the states round looks at them. */
async function missingRows(db: Db, some: Some): Promise<Wrong[]> {
  const missing = await withoutStanding(db, some.ids)
  if (missing.length === 0) return []
  return (await lookedAt(db, { ...some, ids: missing })).map(({ id }) => ({
    id,
    table: "terminal_standing",
    key: `terminal_id ${id}`,
    column: "terminal_id",
    stored: null,
    recounted: String(id),
  }))
}

async function wrongRows(db: Db, some: Some): Promise<Wrong[]> {
  const stored = await storedStandings(db, some)
  const ids = stored.map(({ id }) => id)
  const ranked = new Map((await standingsOf(db, { ...some, ids })).map((one) => [one.id, one]))
  const flagsOf = new Map((await openFlagsOf(db, { ids, now: some.now })).map(({ id, flags }) => [id, flags]))
  return stored.flatMap(({ id, ...row }) => {
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
}
