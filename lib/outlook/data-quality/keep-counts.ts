import { systemActor } from "@/lib/access/actor/actor"
import { asWorker, inOrganisation } from "@/lib/base/db/transaction"
import { inTurns } from "@/lib/base/rounds/in-turns"
import { countQuality } from "@/lib/outlook/data-quality/count-quality"
import { deleteOldCounts, insertCounts, organisationsToCount } from "@/lib/outlook/data-quality/sql"

/** Counts the faults of the data once a day of each organisation. Returns for how many. */
export async function keepDataQuality({ now }: { now: Date }): Promise<number> {
  const due = new Map(
    (await asWorker((db) => organisationsToCount(db, now))).map(({ id, today }) => [id, today]),
  )
  const work = async function* (orgId: string): AsyncGenerator<true, void> {
    const today = due.get(orgId)
    if (today === undefined) return
    const actor = systemActor(orgId)
    await inOrganisation(actor, async (db) => {
      const counts = await countQuality(db, { actor, today })
      await insertCounts(db, {
        today,
        // Ingest adds repeated records to the day itself, as they come.
        counts: counts.map(({ kind, count }) => ({ kind, count: kind === "duplicates" ? 0 : count })),
      })
      await deleteOldCounts(db, today)
    })
    yield true
  }
  return (await inTurns({ loop: "quality", orgIds: [...due.keys()], work })).length
}
