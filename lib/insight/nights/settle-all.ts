import { alone } from "@/lib/base/rounds/alone"
import { inTurns } from "@/lib/base/rounds/in-turns"
import { allOrganisations } from "@/lib/base/rounds/organisations"
import { sumCounts } from "@/lib/base/rounds/sum-counts"
import { settleDays } from "@/lib/insight/availability/settle-days"
import { weighStakes } from "@/lib/insight/flags/weigh-stakes"
import { lastDay } from "@/lib/insight/nights/due-nights"
import { followIncidents } from "@/lib/insight/nights/follow-incidents"
import { closeOutOfService } from "@/lib/insight/nights/keep-flags"
import { keepIngest } from "@/lib/insight/nights/keep-ingest"
import { keepSilentStores } from "@/lib/insight/nights/keep-silent-stores"
import { nightsOf, nothingSettled, type Settled } from "@/lib/insight/nights/settle-night"

/** Settles the nights of all organisations that are due, in turn, and what cannot wait for a night. */
export async function settleAll({ now }: { now: Date }): Promise<Settled> {
  const orgIds = (await allOrganisations()).map(({ id }) => id)
  const work = (orgId: string) => stepsOf(orgId, now)
  return sumCounts(nothingSettled, await inTurns({ loop: "nights", orgIds, work }))
}

async function* stepsOf(orgId: string, now: Date): AsyncGenerator<Settled, void> {
  const between = await alone({ round: "nights", orgId }, async (db) =>
    sumCounts(nothingSettled, [
      { ...nothingSettled, flagsClosed: await closeOutOfService(db, orgId, now) },
      { ...nothingSettled, ...(await keepIngest(db, orgId, now)) },
      { ...nothingSettled, ...(await keepSilentStores(db, orgId, now)) },
    ]),
  )
  if (between) yield between
  const begun = yield* nightsOf({ orgId, at: now })
  const followed = await alone({ round: "nights", orgId }, async (db) => ({
    ...nothingSettled,
    ...(await followIncidents(db, { orgId, at: now })),
  }))
  if (followed) yield followed
  for await (const _ of weighStakes({ orgId, now })) yield nothingSettled
  const last = begun && lastDay(begun.zones, now)
  if (last !== null) for await (const _ of settleDays({ orgId, last, now })) yield nothingSettled
}
