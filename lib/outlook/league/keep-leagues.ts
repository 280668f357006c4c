import { organisationZone } from "@/lib/access/organisation/own-organisation"
import { asWorker, inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"
import { inTurns } from "@/lib/base/rounds/in-turns"
import { figuresOf, usualDays } from "@/lib/outlook/league/figures"
import { keptFigures, largeOrganisations, tryLeagueLock, writeFigures } from "@/lib/outlook/league/sql"
import { fewestToKeep, leagueGroupings, type LeagueGrouping } from "@/lib/outlook/league/words"
import { asOf } from "@/lib/rollups/fold/as-of"

const keptMs = 3_600_000

type Keep = { now: Date; fewest?: number; signal?: AbortSignal }

/**
 * Works out the league tables of large organisations that were worked out an hour ago, because doing so reads
 * every day of every terminal. Returns the number of tables.
 */
export async function keepLeagues({ now, fewest = fewestToKeep, signal }: Keep): Promise<number> {
  const since = new Date(now.getTime() - keptMs)
  const large = await asWorker((db) => largeOrganisations(db, { since, fewest }))
  const work = (orgId: string) => keepTables({ orgId, now, since, signal })
  return (await inTurns({ loop: "leagues", orgIds: large.map(({ id }) => id), work })).length
}

type Tables = { orgId: string; now: Date; since: Date; signal: AbortSignal | undefined }

async function* keepTables({ signal, ...table }: Tables): AsyncGenerator<true, void> {
  for (const by of leagueGroupings) {
    if (signal?.aborted) return
    if (await keepTable({ ...table, by })) yield true
  }
}

type Table = Omit<Tables, "signal"> & { by: LeagueGrouping }

/** False if the table is fresh, or another worker is at it. */
async function keepTable({ orgId, by, now, since }: Table): Promise<boolean> {
  const read = await inOrganisation(wholeOrganisation(orgId), async (db) => {
    const [lock] = await tryLeagueLock(db, by)
    if (!lock?.locked) return null
    const [kept] = await keptFigures(db, by)
    if (kept && kept.computed_at > since) return null
    const days = usualDays({ now, zone: await organisationZone(db) })
    const asOfAt = await asOf(db, orgId)
    return { ...days, asOf: asOfAt, figures: await figuresOf(db, { by, days, stores: null }) }
  })
  if (!read) return false
  await asWorker((db) => writeFigures(db, { orgId, by, now, ...read }))
  return true
}
