import { alone } from "@/lib/base/rounds/alone"
import { inTurns } from "@/lib/base/rounds/in-turns"
import { allOrganisations } from "@/lib/base/rounds/organisations"
import { sumCounts } from "@/lib/base/rounds/sum-counts"
import { faultRules } from "@/lib/insight/flags/words"
import { learnLives } from "@/lib/insight/replacement/learn-lives"
import { settleTrends } from "@/lib/insight/trends/settle-trends"

type Settled = { trends: number; modelAges: number }
const nothing: Settled = { trends: 0, modelAges: 0 }

/** Of all organisations: takes in weeks that are over, and learns how often terminals fail by age. */
export async function settleWear({ now }: { now: Date }): Promise<Settled> {
  const orgIds = (await allOrganisations()).map(({ id }) => id)
  const work = (orgId: string) => wearOf({ orgId, now })
  return sumCounts(nothing, await inTurns({ loop: "wear", orgIds, work }))
}

async function* wearOf(round: { orgId: string; now: Date }): AsyncGenerator<Settled, void> {
  for await (const trends of settleTrends(round)) yield { ...nothing, trends }
  const modelAges = await alone({ round: "wear", orgId: round.orgId }, (db) =>
    learnLives(db, { ...round, faultRules }),
  )
  if (modelAges !== null) yield { ...nothing, modelAges }
}
