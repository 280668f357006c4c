import { inEveryGroup } from "@/lib/base/db/groups"
import { asWorker, asWorkerInGroup } from "@/lib/base/db/transaction"
import { groupBy } from "@/lib/base/group-by"
import { failedAtSeveral, failedReads, type FailedRead } from "@/lib/insight/night-sums/cards-sql"

/** Two failures of a card so far apart at most say that it is the card. */
const reachMs = 7 * 86_400_000

type Days = { orgId: string; firstDay: string; lastDay: string }

/** Failed reads of cards that failed at another terminal, too: they say nothing of the terminal. */
export async function failedElsewhere(days: Days): Promise<FailedRead[]> {
  const groups = await inEveryGroup((group) => asWorkerInGroup(group, (db) => failedReads(db, days)))
  const reads = groups.flat()
  const cards = [...new Set(reads.map(({ card }) => card))]
  if (cards.length === 0) return []
  const failed = await asWorker((db) => failedAtSeveral(db, { orgId: days.orgId, cards }))
  const byCard = groupBy(failed, ({ card }) => card)
  return reads.filter(({ card, terminalId, happenedAt }) =>
    byCard
      .get(card)
      ?.some(
        (other) =>
          other.terminalId !== terminalId &&
          Math.abs(other.happenedAt.getTime() - happenedAt.getTime()) <= reachMs,
      ),
  )
}
