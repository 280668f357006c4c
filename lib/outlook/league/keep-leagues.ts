import { organisationZone } from "@/lib/access/organisation/own-organisation"
import { asWorker, inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"
import { figuresOf, usualDays } from "@/lib/outlook/league/figures"
import { largeOrganisations, writeFigures } from "@/lib/outlook/league/sql"
import { fewestToKeep, leagueGroupings } from "@/lib/outlook/league/words"
import { asOf } from "@/lib/rollups/fold/as-of"

type Keep = { now: Date; fewest?: number; signal?: AbortSignal }

/**
 * Works out the league tables of large organisations whose figures are an hour old, because doing so reads
 * every day of every terminal. Returns the number of tables.
 */
export async function keepLeagues({ now, fewest = fewestToKeep, signal }: Keep): Promise<number> {
  let tables = 0
  for (const { id: orgId } of await asWorker((db) => largeOrganisations(db, { now, fewest })))
    for (const by of leagueGroupings) {
      signal?.throwIfAborted()
      const read = await inOrganisation(wholeOrganisation(orgId), async (db) => {
        const days = usualDays({ now, zone: await organisationZone(db) })
        const asOfAt = await asOf(db, orgId)
        return { ...days, asOf: asOfAt, figures: await figuresOf(db, { by, days, isWhole: true, now }) }
      })
      await asWorker((db) => writeFigures(db, { orgId, by, ...read }))
      tables += 1
    }
  return tables
}
